using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpenHall.Migrations.Sqlite.Steps
{
    /// <inheritdoc />
    public partial class TillClosedForAnother : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "closed_for_by_name",
                table: "till_sessions",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "closed_for_reason",
                table: "till_sessions",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_till_session_closed_for",
                table: "till_sessions",
                sql: "closed_for_by_name is null or (state = 'Closed' and closed_for_reason is not null)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_till_sessions_closed_for_by_name_length",
                table: "till_sessions",
                sql: "length(closed_for_by_name) <= 60");

            migrationBuilder.AddCheckConstraint(
                name: "ck_till_sessions_closed_for_reason_length",
                table: "till_sessions",
                sql: "length(closed_for_reason) <= 200");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_till_session_closed_for",
                table: "till_sessions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_till_sessions_closed_for_by_name_length",
                table: "till_sessions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_till_sessions_closed_for_reason_length",
                table: "till_sessions");

            migrationBuilder.DropColumn(
                name: "closed_for_by_name",
                table: "till_sessions");

            migrationBuilder.DropColumn(
                name: "closed_for_reason",
                table: "till_sessions");
        }
    }
}
