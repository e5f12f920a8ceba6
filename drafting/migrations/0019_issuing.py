"""What surrounds issuing a revision: the loss report read, proposals not reflected."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies: ClassVar = [
        ('delegations', '0005_policies'),
        ("drafting", "0018_key_editions"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name='Lapse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy', models.CharField(choices=[('stay', 'stay open'), ('lapse', 'lapse with the basis'), ('withdraw', 'are withdrawn')], max_length=8)),
                ('waiting', models.JSONField(default=list)),
                ('applied', models.JSONField(default=list)),
                ('revived', models.DateTimeField(blank=True, null=True)),
                ('revision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='lapse', to='drafting.revision')),
            ],
        ),
        migrations.CreateModel(
            name='LossReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loss_readings', to='delegations.seat')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='loss_readings', to='drafting.negotiatingtext')),
            ],
            options={
                'ordering': ['text', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Unreflected',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy', models.CharField(choices=[('stay', 'stay open'), ('lapse', 'lapse with the basis'), ('withdraw', 'are withdrawn')], default='stay', max_length=8)),
                ('forum', models.CharField(blank=True, help_text='Where the conference adopted it, and when.', max_length=120)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delegations.seat')),
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='unreflected', to='drafting.negotiatingtext')),
            ],
        ),
    ]
