"""The text in its other languages."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("delegations", "0001_initial"),
        ("drafting", "0011_adoptions"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LanguageVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=7)),
                ("title", models.CharField(max_length=300)),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="languages",
                        to="drafting.negotiatingtext",
                    ),
                ),
            ],
            options={"ordering": ["text", "language"]},
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("order", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="translated", to="delegations.seat"
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="drafting.provision",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafting.basetext"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="drafting.languageversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["version", "provision"], name="translations_of_provision")],
            },
        ),
        migrations.CreateModel(
            name="LanguageIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                ("issued", models.DateTimeField()),
                ("snapshot", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="delegations.seat"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="languages", to="drafting.revision"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="drafting.languageversion",
                    ),
                ),
            ],
            options={"ordering": ["revision", "version__language"]},
        ),
        migrations.AddConstraint(
            model_name="languageversion",
            constraint=models.UniqueConstraint(fields=("text", "language"), name="language_once_per_text"),
        ),
        migrations.AddConstraint(
            model_name="languageissue",
            constraint=models.UniqueConstraint(fields=("revision", "version"), name="revision_once_per_language"),
        ),
    ]
