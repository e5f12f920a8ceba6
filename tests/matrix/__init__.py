"""The access matrix: rows of doors and acts, each with the seats it opens to."""

from tests.matrix import chair, delegates, secretariat
from tests.matrix.reads import DOORS as DOORS

ACTS = delegates.ACTS | chair.ACTS | secretariat.ACTS
