from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("drafting", "0024_resealed_notes")]

    operations = [
        migrations.AlterField(
            "revision",
            "change_log",
            models.TextField(default="[]", help_text="JSON, as `queries.reports` reads it."),
        ),
        migrations.AlterField(
            "revision",
            "loss_report",
            models.TextField(default="[]", help_text="JSON, as `queries.reports` reads it."),
        ),
    ]
