from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def divide(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Give each draft its one provision as a part."""
    draft, part = apps.get_model("drafting", "Draft"), apps.get_model("drafting", "DraftPart")
    part.objects.bulk_create(
        part(
            draft=row,
            provision_id=row.provision_id,
            inserts_after=row.inserts_after,
            base_id=row.base_id,
            words_id=row.words_id,
        )
        for row in draft.objects.all()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("drafting", "0015_packages"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inserts_after",
                    models.BooleanField(default=False, help_text="Proposes a new provision after this one."),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafting.basetext"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="drafting.draft"
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafted", to="drafting.provision"
                    ),
                ),
                (
                    "words",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafted", to="drafting.workingtext"
                    ),
                ),
            ],
            options={"ordering": ["provision__order", "inserts_after", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="draftpart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("inserts_after", False)),
                fields=("draft", "provision"),
                name="provision_changed_once_per_draft",
            ),
        ),
        migrations.AddField(
            "draft",
            "op",
            models.CharField(default="replace", help_text="As of the amendment it becomes.", max_length=12),
        ),
        migrations.AddField(
            "draft",
            "is_one",
            models.BooleanField(default=False, help_text="Whether all it changes is decided together."),
        ),
        migrations.AddField(
            "draft",
            "language",
            models.CharField(
                blank=True, default="", help_text="Of its words, where it is not the text's.", max_length=7
            ),
            preserve_default=False,
        ),
        migrations.RunPython(divide, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("draft", "provision"),
        migrations.RemoveField("draft", "inserts_after"),
        migrations.RemoveField("draft", "base"),
        migrations.RemoveField("draft", "words"),
    ]
