using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpenHall.Migrations.Sqlite.Steps
{
    /// <inheritdoc />
    public partial class HeldBillsAndWaivers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_customer_bill_never_overpaid",
                table: "customer_bills");

            migrationBuilder.DropCheckConstraint(
                name: "ck_customer_bills_state",
                table: "customer_bills");

            migrationBuilder.AddColumn<long>(
                name: "late_fee_waived_fen",
                table: "customer_bills",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "held",
                table: "bill_run_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "held_bills",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    run_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    codes = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    usage_wh = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    usual_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    decided_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    decided_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_bills", x => new { x.bucket, x.account_id, x.period, x.issue });
                    table.CheckConstraint("ck_held_bill_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_held_bills_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_held_bills_codes_length", "length(codes) <= 80");
                    table.CheckConstraint("ck_held_bills_decided_by_name_length", "length(decided_by_name) <= 60");
                    table.CheckConstraint("ck_held_bills_note_length", "length(note) <= 200");
                    table.CheckConstraint("ck_held_bills_state", "state in ('Open', 'Investigated', 'Released', 'Withdrawn', 'Dropped')");
                    table.CheckConstraint("ck_held_bills_unit_path_length", "length(unit_path) <= 200");
                    table.ForeignKey(
                        name: "fk_held_bills_bucket_account_id_period_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "late_fee_waivers",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    asked_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_late_fee_waivers", x => new { x.bucket, x.id });
                    table.CheckConstraint("ck_late_fee_waiver_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_late_fee_waiver_positive", "amount_fen > 0");
                    table.CheckConstraint("ck_late_fee_waivers_asked_by_name_length", "length(asked_by_name) <= 60");
                    table.CheckConstraint("ck_late_fee_waivers_reason_length", "length(reason) <= 200");
                    table.ForeignKey(
                        name: "fk_late_fee_waivers_bucket_account_id_period_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_customer_bill_never_overpaid",
                table: "customer_bills",
                sql: "paid_fen between 0 and case when amount_fen > 0 then amount_fen else 0 end and late_fee_paid_fen >= 0 and late_fee_waived_fen >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_customer_bills_state",
                table: "customer_bills",
                sql: "state in ('Draft', 'Held', 'Issued', 'Settled', 'Cancelled')");

            migrationBuilder.CreateIndex(
                name: "ix_held_bills_bucket_run_id",
                table: "held_bills",
                columns: new[] { "bucket", "run_id" });

            migrationBuilder.CreateIndex(
                name: "ix_held_bills_bucket_state",
                table: "held_bills",
                columns: new[] { "bucket", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_late_fee_waivers_bucket_account_id_period_issue",
                table: "late_fee_waivers",
                columns: new[] { "bucket", "account_id", "period", "issue" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "held_bills");

            migrationBuilder.DropTable(
                name: "late_fee_waivers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_customer_bill_never_overpaid",
                table: "customer_bills");

            migrationBuilder.DropCheckConstraint(
                name: "ck_customer_bills_state",
                table: "customer_bills");

            migrationBuilder.DropColumn(
                name: "late_fee_waived_fen",
                table: "customer_bills");

            migrationBuilder.DropColumn(
                name: "held",
                table: "bill_run_chunks");

            migrationBuilder.AddCheckConstraint(
                name: "ck_customer_bill_never_overpaid",
                table: "customer_bills",
                sql: "paid_fen between 0 and case when amount_fen > 0 then amount_fen else 0 end and late_fee_paid_fen >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_customer_bills_state",
                table: "customer_bills",
                sql: "state in ('Draft', 'Issued', 'Settled', 'Cancelled')");
        }
    }
}
