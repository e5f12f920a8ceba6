"""Stances on options, beside those on brackets and on versions."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies: ClassVar = [
        ('delegations', '0005_policies'),
        ('drafting', '0020_mandates'),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='position',
            name='position_on_exactly_one_thing',
        ),
        migrations.AddField(
            model_name='position',
            name='words',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name='option',
            name='provision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='drafting.provision'),
        ),
        migrations.AddField(
            model_name='position',
            name='option',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='positions', to='drafting.option'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bracket__isnull', False), ('option__isnull', True), ('version__isnull', True)), models.Q(('bracket__isnull', True), ('option__isnull', True), ('version__isnull', False)), models.Q(('bracket__isnull', True), ('option__isnull', False), ('version__isnull', True)), _connector='OR'), name='position_on_exactly_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(fields=('delegation', 'option'), name='one_stance_per_delegation_and_option'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('provision', 'name'), name='one_option_per_name_in_a_provision'),
        ),
    ]
