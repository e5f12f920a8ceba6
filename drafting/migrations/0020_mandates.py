"""Facilitators and co-chairs over parts of a text; what a note to the next shift is about."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies: ClassVar = [
        ('delegations', '0005_policies'),
        ('drafting', '0019_issuing'),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name='shiftnote',
            name='about',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shift_notes', to='drafting.provision'),
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(choices=[('facilitator', 'facilitator'), ('co-facilitator', 'co-facilitator'), ('co-chair', 'co-chair')], default='facilitator', max_length=14)),
                ('given', models.DateTimeField()),
                ('ended', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delegations.seat')),
                ('places', models.ManyToManyField(related_name='mandates', to='drafting.provision')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='delegations.seat')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='drafting.negotiatingtext')),
            ],
            options={
                'ordering': ['text', 'pk'],
            },
        ),
    ]
