"""Notes as sealed under a key that is on its way."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies: ClassVar = [
        ('drafting', '0023_annotations'),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name='ResealedNote',
            fields=[
                ('note', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='resealed', serialize=False, to='drafting.sealednote')),
                ('change', models.UUIDField()),
                ('rev', models.PositiveIntegerField()),
                ('sealed', models.TextField(help_text='iv and ciphertext in Base64.')),
            ],
        ),
    ]
