from django.db import migrations, models


def copy(apps, schema_editor):
    """Give each draft the words it was begun with as its own."""
    for part in apps.get_model("drafting", "DraftPart").objects.select_related("base"):
        part.begun_with = part.base.content
        part.save(update_fields=["begun_with"])


class Migration(migrations.Migration):
    dependencies = [("drafting", "0025_reports_as_text")]

    operations = [
        migrations.AddField(
            "draftpart", "begun_with", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RunPython(copy, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("draftpart", "base"),
        migrations.RenameField("draftpart", "begun_with", "base"),
    ]
