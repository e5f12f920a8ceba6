"""Endorsements of what a group says of an option; and each notes which stance of the group it was said of."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def note_stances(apps: Any, editor: Any) -> None:
    """Take what was endorsed so far for said of what the group says now."""
    endorsements = apps.get_model("drafting", "Endorsement").objects
    positions = apps.get_model("drafting", "Position").objects.filter(delegation=OuterRef("group"))
    sponsorships = apps.get_model("drafting", "Sponsorship").objects.filter(delegation=OuterRef("group"))
    of_versions = sponsorships.filter(version=OuterRef("version"), withdrawn=False).values("role")[:1]
    for said in (
        of_versions,
        positions.filter(version=OuterRef("version")).values("stance")[:1],
        positions.filter(bracket=OuterRef("bracket")).values("stance")[:1],
    ):
        spoken = endorsements.annotate(spoken=Subquery(said)).filter(spoken__isnull=False)
        for pk, stance in spoken.values_list("pk", "spoken"):
            endorsements.filter(pk=pk).update(stance=stance)


class Migration(migrations.Migration):

    dependencies: ClassVar = [
        ('delegations', '0006_time_zone'),
        ('drafting', '0021_stances_on_options'),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name='endorsement',
            name='endorsement_of_exactly_one_thing',
        ),
        migrations.AddField(
            model_name='endorsement',
            name='option',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to='drafting.option'),
        ),
        migrations.AddField(
            model_name='endorsement',
            name='stance',
            field=models.CharField(default='', max_length=14),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bracket__isnull', False), ('option__isnull', True), ('version__isnull', True)), models.Q(('bracket__isnull', True), ('option__isnull', True), ('version__isnull', False)), models.Q(('bracket__isnull', True), ('option__isnull', False), ('version__isnull', True)), _connector='OR'), name='endorsement_of_exactly_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.UniqueConstraint(fields=('group', 'member', 'option'), name='one_endorsement_of_an_option'),
        ),
        migrations.RunPython(note_stances, migrations.RunPython.noop, elidable=True),
    ]
