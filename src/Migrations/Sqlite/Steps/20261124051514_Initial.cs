using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpenHall.Migrations.Sqlite.Steps
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_balances",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    balance_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    arrears_episode = table.Column<int>(type: "INTEGER", nullable: false),
                    arrears_step = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    is_prepaid = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_balances", x => new { x.bucket, x.account_id });
                    table.CheckConstraint("ck_account_balance_arrears", "arrears_episode >= 0 and (arrears_step is null or arrears_episode > 0)");
                    table.CheckConstraint("ck_account_balance_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_account_balance_never_below_zero", "balance_fen >= 0");
                    table.CheckConstraint("ck_account_balances_arrears_step_length", "length(arrears_step) <= 20");
                });

            migrationBuilder.CreateTable(
                name: "account_journal_lines",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    entry_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line_number = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    account = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    sub = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    debit_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    credit_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    written_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_journal_lines", x => new { x.bucket, x.account_id, x.entry_id, x.line_number });
                    table.CheckConstraint("ck_account_journal_line_bucket", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_account_journal_line_one_side", "debit_fen >= 0 and credit_fen >= 0 and (debit_fen = 0) <> (credit_fen = 0)");
                    table.CheckConstraint("ck_account_journal_lines_account_length", "length(account) <= 12");
                    table.CheckConstraint("ck_account_journal_lines_kind_length", "length(kind) <= 40");
                    table.CheckConstraint("ck_account_journal_lines_reference_length", "length(reference) <= 60");
                    table.CheckConstraint("ck_account_journal_lines_sub_length", "length(sub) <= 40");
                });

            migrationBuilder.CreateTable(
                name: "api_tokens",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    secret_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    permissions = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    scope = table.Column<string>(type: "TEXT", maxLength: 15, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    made_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    made_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    revoked_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_used_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_tokens", x => x.id);
                    table.CheckConstraint("ck_api_token_expires", "expires_at_utc > made_at_utc");
                    table.CheckConstraint("ck_api_tokens_name_length", "length(name) <= 60");
                    table.CheckConstraint("ck_api_tokens_permissions_length", "length(permissions) <= 2000");
                    table.CheckConstraint("ck_api_tokens_scope", "scope in ('Self', 'OwnUnit', 'OwnUnitAndBelow', 'Chosen', 'All')");
                    table.CheckConstraint("ck_api_tokens_secret_hash_length", "length(secret_hash) <= 64");
                    table.CheckConstraint("ck_api_tokens_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "appointment_days",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appointment_days", x => x.key);
                    table.CheckConstraint("ck_appointment_days_key_length", "length(key) <= 50");
                });

            migrationBuilder.CreateTable(
                name: "approvals",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    operation = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    content_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    permission = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    href = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    asked_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    asked_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    asked_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    decided_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    decided_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    remark = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    decided_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approvals", x => x.id);
                    table.CheckConstraint("ck_approval_other_person", "decided_by is null or decided_by <> asked_by");
                    table.CheckConstraint("ck_approvals_asked_by_name_length", "length(asked_by_name) <= 60");
                    table.CheckConstraint("ck_approvals_content_hash_length", "length(content_hash) <= 64");
                    table.CheckConstraint("ck_approvals_content_length", "length(content) <= 20000");
                    table.CheckConstraint("ck_approvals_decided_by_name_length", "length(decided_by_name) <= 60");
                    table.CheckConstraint("ck_approvals_href_length", "length(href) <= 300");
                    table.CheckConstraint("ck_approvals_operation_length", "length(operation) <= 80");
                    table.CheckConstraint("ck_approvals_permission_length", "length(permission) <= 60");
                    table.CheckConstraint("ck_approvals_reason_length", "length(reason) <= 400");
                    table.CheckConstraint("ck_approvals_remark_length", "length(remark) <= 400");
                    table.CheckConstraint("ck_approvals_state", "state in ('Asked', 'Granted', 'Denied', 'Spent', 'Withdrawn')");
                    table.CheckConstraint("ck_approvals_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "arrears_climbs",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    asked_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    asked_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    asked_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    after_bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    after_account = table.Column<long>(type: "INTEGER", nullable: false),
                    chunks = table.Column<int>(type: "INTEGER", nullable: false),
                    accounts = table.Column<int>(type: "INTEGER", nullable: false),
                    notices = table.Column<int>(type: "INTEGER", nullable: false),
                    orders = table.Column<int>(type: "INTEGER", nullable: false),
                    done_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_arrears_climbs", x => x.id);
                    table.CheckConstraint("ck_arrears_climb_done_has_time", "(state = 'Done') = (done_at_utc is not null)");
                    table.CheckConstraint("ck_arrears_climbs_asked_by_name_length", "length(asked_by_name) <= 60");
                    table.CheckConstraint("ck_arrears_climbs_state", "state in ('Waiting', 'Done')");
                    table.CheckConstraint("ck_arrears_climbs_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "arrears_notices",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    episode = table.Column<int>(type: "INTEGER", nullable: false),
                    step = table.Column<short>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 15, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    oldest_due = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    bills = table.Column<short>(type: "INTEGER", nullable: false),
                    owing_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_arrears_notices", x => new { x.bucket, x.account_id, x.episode, x.step });
                    table.CheckConstraint("ck_arrears_notice_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_arrears_notice_owing", "owing_fen >= 0 and late_fee_fen >= 0 and bills > 0 and episode > 0 and step > 0 and oldest_due < day");
                    table.CheckConstraint("ck_arrears_notices_code_length", "length(code) <= 20");
                    table.CheckConstraint("ck_arrears_notices_kind", "kind in ('Reminder', 'Notice', 'SuspensionOrder')");
                });

            migrationBuilder.CreateTable(
                name: "attachments",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    owner_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    owner_key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false),
                    size_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    content_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    added_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    added_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    added_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachments", x => x.id);
                    table.CheckConstraint("ck_attachment_size", "size_bytes > 0");
                    table.CheckConstraint("ck_attachments_added_by_name_length", "length(added_by_name) <= 60");
                    table.CheckConstraint("ck_attachments_content_hash_length", "length(content_hash) <= 64");
                    table.CheckConstraint("ck_attachments_file_name_length", "length(file_name) <= 120");
                    table.CheckConstraint("ck_attachments_kind", "kind in ('Pdf', 'Png', 'Jpeg', 'Xlsx', 'Csv', 'Txt')");
                    table.CheckConstraint("ck_attachments_owner_key_length", "length(owner_key) <= 60");
                    table.CheckConstraint("ck_attachments_owner_kind_length", "length(owner_kind) <= 40");
                });

            migrationBuilder.CreateTable(
                name: "audit_heads",
                columns: table => new
                {
                    lane = table.Column<short>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_heads", x => x.lane);
                    table.CheckConstraint("ck_audit_heads_hash_length", "length(hash) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "audit_lines",
                columns: table => new
                {
                    lane = table.Column<short>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    operation = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    content_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    previous_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_lines", x => new { x.lane, x.number });
                    table.CheckConstraint("ck_audit_lines_content_hash_length", "length(content_hash) <= 64");
                    table.CheckConstraint("ck_audit_lines_hash_length", "length(hash) <= 64");
                    table.CheckConstraint("ck_audit_lines_operation_length", "length(operation) <= 80");
                    table.CheckConstraint("ck_audit_lines_previous_hash_length", "length(previous_hash) <= 64");
                    table.CheckConstraint("ck_audit_lines_subject_length", "length(subject) <= 120");
                });

            migrationBuilder.CreateTable(
                name: "bill_line_sources",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bill_line_sources", x => x.id);
                    table.CheckConstraint("ck_bill_line_sources_content_length", "length(content) <= 2000");
                });

            migrationBuilder.CreateTable(
                name: "bill_lines",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    line_number = table.Column<short>(type: "INTEGER", nullable: false),
                    source_id = table.Column<long>(type: "INTEGER", nullable: false),
                    tier_from_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    tier_up_to_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    quantity_micro = table.Column<long>(type: "INTEGER", nullable: false),
                    price_e8 = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    steps = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bill_lines", x => new { x.bucket, x.account_id, x.period, x.issue, x.line_number });
                    table.CheckConstraint("ck_bill_lines_steps_length", "length(steps) <= 1000");
                });

            migrationBuilder.CreateTable(
                name: "bill_run_findings",
                columns: table => new
                {
                    run_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    details = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bill_run_findings", x => new { x.run_id, x.account_id });
                    table.CheckConstraint("ck_bill_run_findings_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_bill_run_findings_code_length", "length(code) <= 60");
                    table.CheckConstraint("ck_bill_run_findings_details_length", "length(details) <= 400");
                });

            migrationBuilder.CreateTable(
                name: "bill_run_gate",
                columns: table => new
                {
                    id = table.Column<short>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bill_run_gate", x => x.id);
                    table.CheckConstraint("ck_bill_run_gate_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "bill_runs",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    route_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    cycle_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    part_key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 15, nullable: false),
                    accounts = table.Column<long>(type: "INTEGER", nullable: false),
                    started_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    started_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    started_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    rated_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    released_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    released_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    due_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    released_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bill_runs", x => x.id);
                    table.CheckConstraint("ck_bill_runs_part_key_length", "length(part_key) <= 40");
                    table.CheckConstraint("ck_bill_runs_released_by_name_length", "length(released_by_name) <= 60");
                    table.CheckConstraint("ck_bill_runs_started_by_name_length", "length(started_by_name) <= 60");
                    table.CheckConstraint("ck_bill_runs_state", "state in ('Rating', 'RatingPaused', 'Rated', 'Releasing', 'ReleasingPaused', 'Released', 'Dropped')");
                    table.CheckConstraint("ck_bill_runs_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "billing_cycles",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    months = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    reading_day = table.Column<short>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_cycles", x => x.id);
                    table.CheckConstraint("ck_billing_cycle_reading_day", "reading_day between 1 and 31");
                    table.CheckConstraint("ck_billing_cycles_code_length", "length(code) <= 20");
                    table.CheckConstraint("ck_billing_cycles_months", "months in ('Every', 'Odd', 'Even')");
                    table.CheckConstraint("ck_billing_cycles_name_length", "length(name) <= 60");
                });

            migrationBuilder.CreateTable(
                name: "command_requests",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    operation = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    content_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 200000, nullable: true),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_command_requests", x => x.id);
                    table.CheckConstraint("ck_command_requests_answer_length", "length(answer) <= 200000");
                    table.CheckConstraint("ck_command_requests_content_hash_length", "length(content_hash) <= 64");
                    table.CheckConstraint("ck_command_requests_operation_length", "length(operation) <= 80");
                });

            migrationBuilder.CreateTable(
                name: "customer_bills",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    run_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    tariff_code = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    from_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    from_read_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    from_revision = table.Column<short>(type: "INTEGER", nullable: false),
                    to_revision = table.Column<short>(type: "INTEGER", nullable: false),
                    usage_wh = table.Column<long>(type: "INTEGER", nullable: false),
                    is_by_intervals = table.Column<bool>(type: "INTEGER", nullable: false),
                    counted_wh = table.Column<long>(type: "INTEGER", nullable: false),
                    year_to_date_wh = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    paid_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_paid_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_waived_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    instalments = table.Column<string>(type: "TEXT", maxLength: 1600, nullable: false),
                    raises = table.Column<string>(type: "TEXT", maxLength: 1600, nullable: false),
                    due_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    agreed_in = table.Column<short>(type: "INTEGER", nullable: true),
                    late_fee_held_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    written_off_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    made_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    issued_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_bills", x => new { x.bucket, x.account_id, x.period, x.issue });
                    table.CheckConstraint("ck_customer_bill_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_customer_bill_days", "to_day >= from_day");
                    table.CheckConstraint("ck_customer_bill_never_overpaid", "paid_fen between 0 and case when amount_fen > 0 then amount_fen else 0 end and late_fee_paid_fen >= 0 and late_fee_waived_fen >= 0");
                    table.CheckConstraint("ck_customer_bill_period", "period between 200001 and 999912 and issue between 0 and 9");
                    table.CheckConstraint("ck_customer_bill_written_off_has_day", "state <> 'WrittenOff' or written_off_on is not null");
                    table.CheckConstraint("ck_customer_bills_instalments_length", "length(instalments) <= 1600");
                    table.CheckConstraint("ck_customer_bills_raises_length", "length(raises) <= 1600");
                    table.CheckConstraint("ck_customer_bills_state", "state in ('Draft', 'Held', 'Issued', 'Settled', 'Cancelled', 'WrittenOff')");
                    table.CheckConstraint("ck_customer_bills_tariff_code_length", "length(tariff_code) <= 80");
                });

            migrationBuilder.CreateTable(
                name: "customer_counters",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    next = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_counters", x => x.name);
                    table.CheckConstraint("ck_customer_counter_rising", "next > 0");
                    table.CheckConstraint("ck_customer_counters_name_length", "length(name) <= 20");
                });

            migrationBuilder.CreateTable(
                name: "customer_search_terms",
                columns: table => new
                {
                    term = table.Column<byte[]>(type: "BLOB", maxLength: 96, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_search_terms", x => new { x.term, x.unit_path, x.account_id });
                    table.CheckConstraint("ck_customer_search_terms_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    paper_number = table.Column<string>(type: "TEXT", maxLength: 18, nullable: true),
                    phone = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    has_consented = table.Column<bool>(type: "INTEGER", nullable: false),
                    consented_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    opened_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    closed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customers", x => x.id);
                    table.CheckConstraint("ck_customer_closed_has_time", "(state = 'Closed') = (closed_at_utc is not null)");
                    table.CheckConstraint("ck_customers_kind", "kind in ('Person', 'Organisation')");
                    table.CheckConstraint("ck_customers_name_length", "length(name) <= 100");
                    table.CheckConstraint("ck_customers_number_length", "length(number) <= 20");
                    table.CheckConstraint("ck_customers_paper_number_length", "length(paper_number) <= 18");
                    table.CheckConstraint("ck_customers_phone_length", "length(phone) <= 20");
                    table.CheckConstraint("ck_customers_state", "state in ('Active', 'Closed')");
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: true),
                    xml = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "debit_agreements",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<short>(type: "INTEGER", nullable: false),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    bank_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    bank_account = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    holder = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    limit_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    paper_number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    starts_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    signed_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    signed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    refusals = table.Column<short>(type: "INTEGER", nullable: false),
                    not_before = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_debit_agreements", x => new { x.bucket, x.account_id, x.sequence });
                    table.CheckConstraint("ck_debit_agreement_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_debit_agreement_ended_has_time", "(state = 'Ended') = (ended_at_utc is not null)");
                    table.CheckConstraint("ck_debit_agreement_values", "sequence > 0 and refusals >= 0 and (limit_fen is null or limit_fen > 0) and (ends_on is null or ends_on >= starts_on)");
                    table.CheckConstraint("ck_debit_agreements_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_debit_agreements_bank_account_length", "length(bank_account) <= 32");
                    table.CheckConstraint("ck_debit_agreements_bank_code_length", "length(bank_code) <= 20");
                    table.CheckConstraint("ck_debit_agreements_end_reason_length", "length(end_reason) <= 200");
                    table.CheckConstraint("ck_debit_agreements_ended_by_name_length", "length(ended_by_name) <= 60");
                    table.CheckConstraint("ck_debit_agreements_holder_length", "length(holder) <= 60");
                    table.CheckConstraint("ck_debit_agreements_paper_number_length", "length(paper_number) <= 40");
                    table.CheckConstraint("ck_debit_agreements_signed_by_name_length", "length(signed_by_name) <= 60");
                    table.CheckConstraint("ck_debit_agreements_state", "state in ('Active', 'Ended')");
                    table.CheckConstraint("ck_debit_agreements_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "debit_batches",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    bank_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    due_up_to = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    collect_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    items = table.Column<int>(type: "INTEGER", nullable: false),
                    total_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    made_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    made_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    released_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    approved_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    released_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    answer_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    booked_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    answered_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    chunks = table.Column<int>(type: "INTEGER", nullable: false),
                    collected = table.Column<int>(type: "INTEGER", nullable: false),
                    collected_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    returned = table.Column<int>(type: "INTEGER", nullable: false),
                    returned_fen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_debit_batches", x => x.id);
                    table.CheckConstraint("ck_debit_batch_answered_has_day", "(state in ('Booking', 'Answered')) = (booked_on is not null) and (booked_on is null) = (answered_by is null) and (state in ('Booking', 'Answered', 'Withdrawn')) = (ended_at_utc is not null)");
                    table.CheckConstraint("ck_debit_batch_values", "items > 0 and total_fen > 0 and collected between 0 and items and collected_fen between 0 and total_fen and chunks >= 0 and returned between 0 and collected and returned_fen between 0 and collected_fen");
                    table.CheckConstraint("ck_debit_batches_answer_hash_length", "length(answer_hash) <= 64");
                    table.CheckConstraint("ck_debit_batches_approved_by_name_length", "length(approved_by_name) <= 60");
                    table.CheckConstraint("ck_debit_batches_bank_code_length", "length(bank_code) <= 20");
                    table.CheckConstraint("ck_debit_batches_end_reason_length", "length(end_reason) <= 200");
                    table.CheckConstraint("ck_debit_batches_ended_by_name_length", "length(ended_by_name) <= 60");
                    table.CheckConstraint("ck_debit_batches_made_by_name_length", "length(made_by_name) <= 60");
                    table.CheckConstraint("ck_debit_batches_number_length", "length(number) <= 20");
                    table.CheckConstraint("ck_debit_batches_released_by_name_length", "length(released_by_name) <= 60");
                    table.CheckConstraint("ck_debit_batches_state", "state in ('Draft', 'Released', 'Booking', 'Answered', 'Withdrawn')");
                    table.CheckConstraint("ck_debit_batches_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "debit_items",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    batch_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    agreement = table.Column<short>(type: "INTEGER", nullable: false),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    bank_account = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    holder = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    bills = table.Column<string>(type: "TEXT", maxLength: 1140, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    collected_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    payment_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    return_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    returned_on = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_debit_items", x => new { x.bucket, x.account_id, x.batch_id });
                    table.CheckConstraint("ck_debit_item_amounts", "amount_fen > 0 and collected_fen between 0 and amount_fen and sequence > 0");
                    table.CheckConstraint("ck_debit_item_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_debit_item_got", "(collected_fen > 0) = (payment_number is not null) and (state in ('Collected', 'Partly', 'Returned')) = (collected_fen > 0) and (state = 'Returned') = (returned_on is not null)");
                    table.CheckConstraint("ck_debit_items_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_debit_items_bank_account_length", "length(bank_account) <= 32");
                    table.CheckConstraint("ck_debit_items_bills_length", "length(bills) <= 1140");
                    table.CheckConstraint("ck_debit_items_code_length", "length(code) <= 20");
                    table.CheckConstraint("ck_debit_items_holder_length", "length(holder) <= 60");
                    table.CheckConstraint("ck_debit_items_payment_number_length", "length(payment_number) <= 20");
                    table.CheckConstraint("ck_debit_items_return_code_length", "length(return_code) <= 20");
                    table.CheckConstraint("ck_debit_items_state", "state in ('Open', 'Collected', 'Partly', 'Refused', 'Withdrawn', 'Returned')");
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    type = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => x.number);
                    table.CheckConstraint("ck_events_payload_length", "length(payload) <= 20000");
                    table.CheckConstraint("ck_events_subject_length", "length(subject) <= 120");
                    table.CheckConstraint("ck_events_type_length", "length(type) <= 60");
                });

            migrationBuilder.CreateTable(
                name: "given_prices",
                columns: table => new
                {
                    tariff_code = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    charge = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    price_e8 = table.Column<long>(type: "INTEGER", nullable: false),
                    notice = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    set_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    set_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_given_prices", x => new { x.tariff_code, x.charge, x.period });
                    table.CheckConstraint("ck_given_price_period", "period between 200001 and 999912 and period % 100 between 1 and 12");
                    table.CheckConstraint("ck_given_price_price", "price_e8 > 0 and length(notice) > 0");
                    table.CheckConstraint("ck_given_prices_charge_length", "length(charge) <= 40");
                    table.CheckConstraint("ck_given_prices_notice_length", "length(notice) <= 120");
                    table.CheckConstraint("ck_given_prices_set_by_name_length", "length(set_by_name) <= 60");
                    table.CheckConstraint("ck_given_prices_tariff_code_length", "length(tariff_code) <= 80");
                });

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    id = table.Column<short>(type: "INTEGER", nullable: false),
                    is_demo = table.Column<bool>(type: "INTEGER", nullable: false),
                    made_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    is_ready = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_installation", x => x.id);
                    table.CheckConstraint("ck_installation_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "instalment_agreements",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<short>(type: "INTEGER", nullable: false),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    signed_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    total_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    parts = table.Column<short>(type: "INTEGER", nullable: false),
                    grace_days = table.Column<short>(type: "INTEGER", nullable: false),
                    late_fee_stands = table.Column<bool>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    asked_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    approved_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    missed_part = table.Column<short>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instalment_agreements", x => new { x.bucket, x.account_id, x.sequence });
                    table.CheckConstraint("ck_instalment_agreement_amounts", "total_fen > 0 and parts >= 2 and sequence > 0");
                    table.CheckConstraint("ck_instalment_agreement_broken_has_part", "(state = 'Broken') = (missed_part is not null)");
                    table.CheckConstraint("ck_instalment_agreement_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_instalment_agreement_ended_has_time", "(state = 'Active') = (ended_at_utc is null)");
                    table.CheckConstraint("ck_instalment_agreements_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_instalment_agreements_approved_by_name_length", "length(approved_by_name) <= 60");
                    table.CheckConstraint("ck_instalment_agreements_asked_by_name_length", "length(asked_by_name) <= 60");
                    table.CheckConstraint("ck_instalment_agreements_ended_by_name_length", "length(ended_by_name) <= 60");
                    table.CheckConstraint("ck_instalment_agreements_note_length", "length(note) <= 200");
                    table.CheckConstraint("ck_instalment_agreements_reason_length", "length(reason) <= 200");
                    table.CheckConstraint("ck_instalment_agreements_state", "state in ('Active', 'Kept', 'Broken', 'Ended')");
                    table.CheckConstraint("ck_instalment_agreements_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "interval_days",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    revision = table.Column<short>(type: "INTEGER", nullable: false),
                    meter_number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    minutes = table.Column<short>(type: "INTEGER", nullable: false),
                    packed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    energy_wh = table.Column<long>(type: "INTEGER", nullable: false),
                    missing = table.Column<short>(type: "INTEGER", nullable: false),
                    import_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    entered_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interval_days", x => new { x.bucket, x.account_id, x.day, x.revision });
                    table.CheckConstraint("ck_interval_day_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_interval_day_intervals", "minutes in (15, 30, 60) and missing between 0 and 1440 / minutes and energy_wh >= 0 and revision between 0 and 99");
                    table.CheckConstraint("ck_interval_days_meter_number_length", "length(meter_number) <= 30");
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    due_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    not_before_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    took_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    figure = table.Column<long>(type: "INTEGER", nullable: true),
                    failure = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => new { x.name, x.due_at_utc });
                    table.CheckConstraint("ck_job_run_attempts", "attempts >= 0");
                    table.CheckConstraint("ck_jobs_failure_length", "length(failure) <= 200");
                    table.CheckConstraint("ck_jobs_name_length", "length(name) <= 60");
                    table.CheckConstraint("ck_jobs_state", "state in ('Waiting', 'Done', 'Failed')");
                });

            migrationBuilder.CreateTable(
                name: "journal_lines",
                columns: table => new
                {
                    entry_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line_number = table.Column<short>(type: "INTEGER", nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    account = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    sub = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    debit_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    credit_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    written_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_lines", x => new { x.hall_id, x.business_date, x.entry_id, x.line_number });
                    table.CheckConstraint("ck_journal_line_one_side", "debit_fen >= 0 and credit_fen >= 0 and (debit_fen = 0) <> (credit_fen = 0)");
                    table.CheckConstraint("ck_journal_lines_account_length", "length(account) <= 12");
                    table.CheckConstraint("ck_journal_lines_kind_length", "length(kind) <= 40");
                    table.CheckConstraint("ck_journal_lines_reference_length", "length(reference) <= 60");
                    table.CheckConstraint("ck_journal_lines_sub_length", "length(sub) <= 40");
                });

            migrationBuilder.CreateTable(
                name: "meter_readings",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    read_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    revision = table.Column<short>(type: "INTEGER", nullable: false),
                    meter_number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    total_wh = table.Column<long>(type: "INTEGER", nullable: false),
                    sharp_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    peak_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    flat_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    valley_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    deep_valley_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    demand_w = table.Column<long>(type: "INTEGER", nullable: true),
                    reactive_varh = table.Column<long>(type: "INTEGER", nullable: true),
                    feed_in_wh = table.Column<long>(type: "INTEGER", nullable: true),
                    has_rolled_over = table.Column<bool>(type: "INTEGER", nullable: false),
                    corrects = table.Column<short>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    import_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    entered_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    entered_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meter_readings", x => new { x.bucket, x.account_id, x.read_on, x.revision });
                    table.CheckConstraint("ck_meter_reading_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_meter_reading_correction_has_reason", "(corrects is null and revision = 0) or (corrects = revision - 1 and reason is not null)");
                    table.CheckConstraint("ck_meter_reading_not_negative", "total_wh >= 0 and revision >= 0");
                    table.CheckConstraint("ck_meter_readings_kind", "kind in ('First', 'Cycle', 'Estimated', 'Final')");
                    table.CheckConstraint("ck_meter_readings_meter_number_length", "length(meter_number) <= 30");
                    table.CheckConstraint("ck_meter_readings_reason_length", "length(reason) <= 200");
                    table.CheckConstraint("ck_meter_readings_source", "source in ('Import', 'Hand', 'Device', 'Rule')");
                });

            migrationBuilder.CreateTable(
                name: "number_steps",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    becomes = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    staff_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    staff_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    words = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number_steps", x => x.id);
                    table.CheckConstraint("ck_number_steps_action", "action in ('Reserve', 'Release', 'Lapse', 'Occupy', 'GiveUp', 'Use', 'GiveBack', 'Freeze', 'Thaw', 'Warm')");
                    table.CheckConstraint("ck_number_steps_becomes", "becomes in ('Idle', 'Reserved', 'PreOccupied', 'InUse', 'Frozen', 'Cooling')");
                    table.CheckConstraint("ck_number_steps_number_length", "length(number) <= 20");
                    table.CheckConstraint("ck_number_steps_staff_name_length", "length(staff_name) <= 60");
                    table.CheckConstraint("ck_number_steps_words_length", "length(words) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "order_counters",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    next = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_counters", x => x.day);
                    table.CheckConstraint("ck_order_counter_rising", "next > 0");
                });

            migrationBuilder.CreateTable(
                name: "org_units",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    parent_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    name_zh = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    name_en = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_org_units", x => x.id);
                    table.CheckConstraint("ck_org_units_code_length", "length(code) <= 20");
                    table.CheckConstraint("ck_org_units_kind", "kind in ('Province', 'City', 'Hall')");
                    table.CheckConstraint("ck_org_units_name_en_length", "length(name_en) <= 80");
                    table.CheckConstraint("ck_org_units_name_zh_length", "length(name_zh) <= 60");
                    table.CheckConstraint("ck_org_units_path_length", "length(path) <= 200");
                    table.ForeignKey(
                        name: "fk_org_units_parent_id",
                        column: x => x.parent_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    topic = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    recipient = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    payload = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    written_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    not_before_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    sent_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    failure = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                    table.CheckConstraint("ck_outbox_channel_length", "length(channel) <= 40");
                    table.CheckConstraint("ck_outbox_failure_length", "length(failure) <= 200");
                    table.CheckConstraint("ck_outbox_message_sent", "(state = 'Sent') = (sent_at_utc is not null)");
                    table.CheckConstraint("ck_outbox_payload_length", "length(payload) <= 20000");
                    table.CheckConstraint("ck_outbox_recipient_length", "length(recipient) <= 200");
                    table.CheckConstraint("ck_outbox_state", "state in ('Waiting', 'Sent', 'Dead')");
                    table.CheckConstraint("ck_outbox_topic_length", "length(topic) <= 60");
                });

            migrationBuilder.CreateTable(
                name: "payments",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    receipt_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    till_session_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    bank_batch_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    counter_name = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    visit_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    from_balance_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    bills_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    to_balance_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    balance_after_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    chosen = table.Column<string>(type: "TEXT", maxLength: 1140, nullable: false),
                    is_part_paid = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_own_account = table.Column<bool>(type: "INTEGER", nullable: false),
                    taken_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    confirmed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    fail_reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payments", x => new { x.bucket, x.id });
                    table.CheckConstraint("ck_payment_amounts", "amount_fen > 0 and from_balance_fen between 0 and amount_fen and bills_fen >= 0 and late_fee_fen >= 0 and to_balance_fen >= 0");
                    table.CheckConstraint("ck_payment_bucket", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_payment_receipt", "state in ('Pending', 'Failed') or (receipt_number is null) = (amount_fen = from_balance_fen or till_session_id is null)");
                    table.CheckConstraint("ck_payment_source", "(till_session_id is null) <> (bank_batch_id is null)");
                    table.CheckConstraint("ck_payment_spread", "state in ('Pending', 'Failed') or bills_fen + late_fee_fen + to_balance_fen = amount_fen");
                    table.CheckConstraint("ck_payments_chosen_length", "length(chosen) <= 1140");
                    table.CheckConstraint("ck_payments_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_payments_counter_name_length", "length(counter_name) <= 30");
                    table.CheckConstraint("ck_payments_fail_reason_length", "length(fail_reason) <= 200");
                    table.CheckConstraint("ck_payments_number_length", "length(number) <= 20");
                    table.CheckConstraint("ck_payments_receipt_number_length", "length(receipt_number) <= 20");
                    table.CheckConstraint("ck_payments_state", "state in ('Pending', 'Confirmed', 'Failed', 'Reversed')");
                });

            migrationBuilder.CreateTable(
                name: "pool_numbers",
                columns: table => new
                {
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    backwards = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    tail = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    has_four = table.Column<bool>(type: "INTEGER", nullable: false),
                    grade = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    until_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    held_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    held_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    kept_for = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pool_numbers", x => x.number);
                    table.CheckConstraint("ck_pool_number_until", "(state in ('Reserved', 'Cooling')) = (until_utc is not null)");
                    table.CheckConstraint("ck_pool_numbers_backwards_length", "length(backwards) <= 20");
                    table.CheckConstraint("ck_pool_numbers_grade_length", "length(grade) <= 20");
                    table.CheckConstraint("ck_pool_numbers_held_by_name_length", "length(held_by_name) <= 60");
                    table.CheckConstraint("ck_pool_numbers_kept_for_length", "length(kept_for) <= 60");
                    table.CheckConstraint("ck_pool_numbers_number_length", "length(number) <= 20");
                    table.CheckConstraint("ck_pool_numbers_state", "state in ('Idle', 'Reserved', 'PreOccupied', 'InUse', 'Frozen', 'Cooling')");
                    table.CheckConstraint("ck_pool_numbers_tail", "tail in ('None', 'Aabb', 'Abab', 'Abcd', 'Aaa', 'Aaaa', 'Aaaaa')");
                    table.CheckConstraint("ck_pool_numbers_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "prepaid_accounts",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    alert_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    stop_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    set_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    level = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    day_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    balance_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    owing_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    left_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    days_left = table.Column<int>(type: "INTEGER", nullable: true),
                    looked_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    crossings = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_prepaid_accounts", x => new { x.bucket, x.account_id });
                    table.CheckConstraint("ck_prepaid_account_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_prepaid_account_limits", "stop_fen >= 0 and alert_fen > stop_fen");
                    table.CheckConstraint("ck_prepaid_accounts_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_prepaid_accounts_level", "level in ('Enough', 'Low', 'Stop')");
                    table.CheckConstraint("ck_prepaid_accounts_set_by_name_length", "length(set_by_name) <= 60");
                    table.CheckConstraint("ck_prepaid_accounts_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "prepaid_alerts",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    crossing = table.Column<int>(type: "INTEGER", nullable: false),
                    level = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    left_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    days_left = table.Column<int>(type: "INTEGER", nullable: true),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_prepaid_alerts", x => new { x.bucket, x.account_id, x.crossing });
                    table.CheckConstraint("ck_prepaid_alert_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_prepaid_alert_crossing", "crossing > 0 and level <> 'Enough'");
                    table.CheckConstraint("ck_prepaid_alerts_level", "level in ('Enough', 'Low', 'Stop')");
                });

            migrationBuilder.CreateTable(
                name: "reading_imports",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    content_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    format = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    is_intervals = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    report_json = table.Column<string>(type: "TEXT", maxLength: 400000, nullable: false),
                    uploaded_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    uploaded_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    uploaded_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    imported_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    imported_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    readings = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reading_imports", x => x.id);
                    table.CheckConstraint("ck_reading_imports_content_hash_length", "length(content_hash) <= 64");
                    table.CheckConstraint("ck_reading_imports_file_name_length", "length(file_name) <= 200");
                    table.CheckConstraint("ck_reading_imports_format_length", "length(format) <= 20");
                    table.CheckConstraint("ck_reading_imports_imported_by_name_length", "length(imported_by_name) <= 60");
                    table.CheckConstraint("ck_reading_imports_report_json_length", "length(report_json) <= 400000");
                    table.CheckConstraint("ck_reading_imports_state", "state in ('Checked', 'Wrong', 'Imported', 'Dropped')");
                    table.CheckConstraint("ck_reading_imports_uploaded_by_name_length", "length(uploaded_by_name) <= 60");
                });

            migrationBuilder.CreateTable(
                name: "seen_notes",
                columns: table => new
                {
                    user_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seen_notes", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "setting_changes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    old_value = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    new_value = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    changed_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    changed_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    changed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_setting_changes", x => x.id);
                    table.CheckConstraint("ck_setting_changes_changed_by_name_length", "length(changed_by_name) <= 60");
                    table.CheckConstraint("ck_setting_changes_key_length", "length(key) <= 60");
                    table.CheckConstraint("ck_setting_changes_new_value_length", "length(new_value) <= 400");
                    table.CheckConstraint("ck_setting_changes_old_value_length", "length(old_value) <= 400");
                    table.CheckConstraint("ck_setting_changes_reason_length", "length(reason) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "settings",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    changed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settings", x => x.key);
                    table.CheckConstraint("ck_settings_key_length", "length(key) <= 60");
                    table.CheckConstraint("ck_settings_value_length", "length(value) <= 400");
                });

            migrationBuilder.CreateTable(
                name: "staff_users",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    display_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    scope = table.Column<string>(type: "TEXT", maxLength: 15, nullable: false),
                    scope_units = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    posts = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    has_left = table.Column<bool>(type: "INTEGER", nullable: false),
                    one_time_until_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    totp_secret = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    totp_last_step = table.Column<long>(type: "INTEGER", nullable: false),
                    pin_hash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<DateTime>(type: "TEXT", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_users", x => x.id);
                    table.CheckConstraint("ck_staff_user_failed_count", "access_failed_count >= 0");
                    table.CheckConstraint("ck_staff_users_concurrency_stamp_length", "length(concurrency_stamp) <= 100");
                    table.CheckConstraint("ck_staff_users_display_name_length", "length(display_name) <= 60");
                    table.CheckConstraint("ck_staff_users_email_length", "length(email) <= 256");
                    table.CheckConstraint("ck_staff_users_normalized_email_length", "length(normalized_email) <= 256");
                    table.CheckConstraint("ck_staff_users_normalized_user_name_length", "length(normalized_user_name) <= 256");
                    table.CheckConstraint("ck_staff_users_password_hash_length", "length(password_hash) <= 400");
                    table.CheckConstraint("ck_staff_users_phone_number_length", "length(phone_number) <= 40");
                    table.CheckConstraint("ck_staff_users_pin_hash_length", "length(pin_hash) <= 400");
                    table.CheckConstraint("ck_staff_users_posts_length", "length(posts) <= 2000");
                    table.CheckConstraint("ck_staff_users_scope", "scope in ('Self', 'OwnUnit', 'OwnUnitAndBelow', 'Chosen', 'All')");
                    table.CheckConstraint("ck_staff_users_scope_units_length", "length(scope_units) <= 2000");
                    table.CheckConstraint("ck_staff_users_security_stamp_length", "length(security_stamp) <= 100");
                    table.CheckConstraint("ck_staff_users_totp_secret_length", "length(totp_secret) <= 600");
                    table.CheckConstraint("ck_staff_users_unit_path_length", "length(unit_path) <= 200");
                    table.CheckConstraint("ck_staff_users_user_name_length", "length(user_name) <= 256");
                });

            migrationBuilder.CreateTable(
                name: "statement_files",
                columns: table => new
                {
                    statement_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    packed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_files", x => x.statement_id);
                });

            migrationBuilder.CreateTable(
                name: "statement_matches",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    group_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    money_account_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    item_key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_matches", x => x.id);
                    table.CheckConstraint("ck_statement_match_one_side", "(line_id is null) <> (item_key is null)");
                    table.CheckConstraint("ck_statement_matches_by_name_length", "length(by_name) <= 60");
                    table.CheckConstraint("ck_statement_matches_item_key_length", "length(item_key) <= 60");
                    table.CheckConstraint("ck_statement_matches_number_length", "length(number) <= 64");
                    table.CheckConstraint("ck_statement_matches_reason", "reason in ('Reference', 'ReferenceSum', 'AmountAndDay', 'GroupSum', 'DaySum', 'ByHand')");
                });

            migrationBuilder.CreateTable(
                name: "suspension_orders",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    episode = table.Column<int>(type: "INTEGER", nullable: false),
                    owing_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    ordered_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    carried_out_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    carried_out_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    paid_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suspension_orders", x => new { x.bucket, x.id });
                    table.CheckConstraint("ck_suspension_order_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_suspension_order_carried_out_has_time", "state not in ('CarriedOut', 'RestoreDue', 'Restored') or carried_out_at_utc is not null");
                    table.CheckConstraint("ck_suspension_order_ended_has_time", "(state in ('Withdrawn', 'Restored')) = (ended_at_utc is not null)");
                    table.CheckConstraint("ck_suspension_orders_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_suspension_orders_carried_out_by_name_length", "length(carried_out_by_name) <= 60");
                    table.CheckConstraint("ck_suspension_orders_ended_by_name_length", "length(ended_by_name) <= 60");
                    table.CheckConstraint("ck_suspension_orders_reason_length", "length(reason) <= 200");
                    table.CheckConstraint("ck_suspension_orders_state", "state in ('Ordered', 'CarriedOut', 'RestoreDue', 'Restored', 'Withdrawn')");
                    table.CheckConstraint("ck_suspension_orders_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "write_offs",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<short>(type: "INTEGER", nullable: false),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    total_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    proposed_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    proposed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    booked_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    done_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    approved_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    done_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_write_offs", x => new { x.bucket, x.account_id, x.sequence });
                    table.CheckConstraint("ck_write_off_amount", "total_fen > 0 and sequence > 0");
                    table.CheckConstraint("ck_write_off_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_write_off_done_has_day", "(state = 'Done') = (booked_on is not null) and (state = 'Proposed') = (done_at_utc is null)");
                    table.CheckConstraint("ck_write_offs_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_write_offs_approved_by_name_length", "length(approved_by_name) <= 60");
                    table.CheckConstraint("ck_write_offs_done_by_name_length", "length(done_by_name) <= 60");
                    table.CheckConstraint("ck_write_offs_note_length", "length(note) <= 400");
                    table.CheckConstraint("ck_write_offs_proposed_by_name_length", "length(proposed_by_name) <= 60");
                    table.CheckConstraint("ck_write_offs_reason", "reason in ('Bankrupt', 'Deceased', 'Untraceable', 'TimeBarred', 'CourtEnded', 'Uneconomical')");
                    table.CheckConstraint("ck_write_offs_state", "state in ('Proposed', 'Done', 'Withdrawn')");
                    table.CheckConstraint("ck_write_offs_unit_path_length", "length(unit_path) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "bill_run_chunks",
                columns: table => new
                {
                    run_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    from_bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    to_bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    accounts = table.Column<long>(type: "INTEGER", nullable: false),
                    is_rated = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_released = table.Column<bool>(type: "INTEGER", nullable: false),
                    bills = table.Column<long>(type: "INTEGER", nullable: false),
                    findings = table.Column<long>(type: "INTEGER", nullable: false),
                    skipped = table.Column<long>(type: "INTEGER", nullable: false),
                    held = table.Column<long>(type: "INTEGER", nullable: false),
                    usage_wh = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bill_run_chunks", x => new { x.run_id, x.number });
                    table.CheckConstraint("ck_bill_run_chunk_buckets", "from_bucket between 0 and 1023 and to_bucket between from_bucket and 1023");
                    table.ForeignKey(
                        name: "fk_bill_run_chunks_run_id",
                        column: x => x.run_id,
                        principalTable: "bill_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reading_routes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    cycle_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    reader_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    reader_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reading_routes", x => x.id);
                    table.CheckConstraint("ck_reading_route_reader", "(reader_id is null) = (reader_name is null)");
                    table.CheckConstraint("ck_reading_routes_code_length", "length(code) <= 20");
                    table.CheckConstraint("ck_reading_routes_name_length", "length(name) <= 60");
                    table.CheckConstraint("ck_reading_routes_reader_name_length", "length(reader_name) <= 60");
                    table.CheckConstraint("ck_reading_routes_unit_path_length", "length(unit_path) <= 200");
                    table.ForeignKey(
                        name: "fk_reading_routes_cycle_id",
                        column: x => x.cycle_id,
                        principalTable: "billing_cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bill_adjustments",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    sequence = table.Column<short>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    before_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    after_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    to_balance_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_back_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    pay_by = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    asked_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    asked_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    approved_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bill_adjustments", x => new { x.bucket, x.account_id, x.period, x.issue, x.sequence });
                    table.CheckConstraint("ck_bill_adjustment_adds_up", "amount_fen <> 0 and before_fen >= 0 and after_fen >= 0 and after_fen = before_fen + amount_fen and to_balance_fen >= 0 and late_fee_back_fen >= 0");
                    table.CheckConstraint("ck_bill_adjustment_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_bill_adjustment_sequence", "sequence between 1 and 20");
                    table.CheckConstraint("ck_bill_adjustments_approved_by_name_length", "length(approved_by_name) <= 60");
                    table.CheckConstraint("ck_bill_adjustments_asked_by_name_length", "length(asked_by_name) <= 60");
                    table.CheckConstraint("ck_bill_adjustments_note_length", "length(note) <= 200");
                    table.CheckConstraint("ck_bill_adjustments_reason", "reason in ('MeterFault', 'ReadingWrong', 'TariffWrong', 'Concession', 'Dispute', 'Other')");
                    table.ForeignKey(
                        name: "fk_bill_adjustments_bucket_account_id_period_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bill_replacements",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    new_issue = table.Column<short>(type: "INTEGER", nullable: false),
                    old_issue = table.Column<short>(type: "INTEGER", nullable: false),
                    act_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    old_amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    new_amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    paid_moved_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    to_balance_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_back_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    asked_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    approved_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bill_replacements", x => new { x.bucket, x.account_id, x.period, x.new_issue });
                    table.CheckConstraint("ck_bill_replacement_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_bill_replacement_issues", "new_issue > old_issue and paid_moved_fen >= 0 and to_balance_fen >= 0 and late_fee_back_fen >= 0");
                    table.CheckConstraint("ck_bill_replacements_approved_by_name_length", "length(approved_by_name) <= 60");
                    table.CheckConstraint("ck_bill_replacements_asked_by_name_length", "length(asked_by_name) <= 60");
                    table.CheckConstraint("ck_bill_replacements_reason_length", "length(reason) <= 200");
                    table.ForeignKey(
                        name: "fk_bill_replacements_bucket_account_id_period_new_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.new_issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_bill_replacements_bucket_account_id_period_old_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.old_issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "held_bills",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    run_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
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
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
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

            migrationBuilder.CreateTable(
                name: "paid_moves",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paid_moves", x => new { x.bucket, x.id });
                    table.CheckConstraint("ck_paid_move_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_paid_move_moves_something", "amount_fen <> 0 or late_fee_fen <> 0");
                    table.CheckConstraint("ck_paid_moves_reference_length", "length(reference) <= 30");
                    table.ForeignKey(
                        name: "fk_paid_moves_bucket_account_id_period_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "write_off_recoveries",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    booked_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_write_off_recoveries", x => new { x.bucket, x.id });
                    table.CheckConstraint("ck_write_off_recoveries_reference_length", "length(reference) <= 30");
                    table.CheckConstraint("ck_write_off_recovery_amount", "amount_fen <> 0");
                    table.CheckConstraint("ck_write_off_recovery_bucket_of_account", "bucket = account_id % 1024");
                    table.ForeignKey(
                        name: "fk_write_off_recoveries_bucket_account_id_period_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "billing_accounts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    customer_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    opened_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    closed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_accounts", x => x.id);
                    table.CheckConstraint("ck_billing_account_bucket_of_id", "id > 0 and bucket = id % 1024");
                    table.CheckConstraint("ck_billing_account_closed_has_time", "(state = 'Closed') = (closed_at_utc is not null)");
                    table.CheckConstraint("ck_billing_accounts_number_length", "length(number) <= 20");
                    table.CheckConstraint("ck_billing_accounts_state", "state in ('Open', 'Closed', 'Pending')");
                    table.CheckConstraint("ck_billing_accounts_unit_path_length", "length(unit_path) <= 200");
                    table.ForeignKey(
                        name: "fk_billing_accounts_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "customer_access_lines",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    customer_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    seen_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    staff_number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    seen_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    visit_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_access_lines", x => x.id);
                    table.CheckConstraint("ck_access_line_reason", "length(reason) >= 2");
                    table.CheckConstraint("ck_customer_access_lines_reason_length", "length(reason) <= 200");
                    table.CheckConstraint("ck_customer_access_lines_seen_by_name_length", "length(seen_by_name) <= 60");
                    table.CheckConstraint("ck_customer_access_lines_staff_number_length", "length(staff_number) <= 40");
                    table.ForeignKey(
                        name: "fk_customer_access_lines_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "customer_changes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    customer_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    field = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    before = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    after = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    changed_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_changes", x => x.id);
                    table.CheckConstraint("ck_customer_changes_after_length", "length(after) <= 200");
                    table.CheckConstraint("ck_customer_changes_before_length", "length(before) <= 200");
                    table.CheckConstraint("ck_customer_changes_changed_by_name_length", "length(changed_by_name) <= 60");
                    table.CheckConstraint("ck_customer_changes_field_length", "length(field) <= 40");
                    table.ForeignKey(
                        name: "fk_customer_changes_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "debit_answer_files",
                columns: table => new
                {
                    batch_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_debit_answer_files", x => x.batch_id);
                    table.ForeignKey(
                        name: "fk_debit_answer_files_batch_id",
                        column: x => x.batch_id,
                        principalTable: "debit_batches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "instalment_bills",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<short>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    owing_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    paid_fen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instalment_bills", x => new { x.bucket, x.account_id, x.sequence, x.period, x.issue });
                    table.CheckConstraint("ck_instalment_bill_amounts", "owing_fen >= 0 and late_fee_fen >= 0 and owing_fen + late_fee_fen > 0 and paid_fen >= 0");
                    table.ForeignKey(
                        name: "fk_instalment_bills_bucket_account_id_period_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_instalment_bills_bucket_account_id_sequence",
                        columns: x => new { x.bucket, x.account_id, x.sequence },
                        principalTable: "instalment_agreements",
                        principalColumns: new[] { "bucket", "account_id", "sequence" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "instalment_parts",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<short>(type: "INTEGER", nullable: false),
                    part = table.Column<short>(type: "INTEGER", nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instalment_parts", x => new { x.bucket, x.account_id, x.sequence, x.part });
                    table.CheckConstraint("ck_instalment_part_amount", "amount_fen > 0 and part > 0");
                    table.ForeignKey(
                        name: "fk_instalment_parts_bucket_account_id_sequence",
                        columns: x => new { x.bucket, x.account_id, x.sequence },
                        principalTable: "instalment_agreements",
                        principalColumns: new[] { "bucket", "account_id", "sequence" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "halls",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    name_zh = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    name_en = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    periods = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    weekdays = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_halls", x => x.id);
                    table.CheckConstraint("ck_halls_address_length", "length(address) <= 120");
                    table.CheckConstraint("ck_halls_code_length", "length(code) <= 20");
                    table.CheckConstraint("ck_halls_name_en_length", "length(name_en) <= 80");
                    table.CheckConstraint("ck_halls_name_zh_length", "length(name_zh) <= 60");
                    table.CheckConstraint("ck_halls_path_length", "length(path) <= 200");
                    table.CheckConstraint("ck_halls_periods_length", "length(periods) <= 80");
                    table.CheckConstraint("ck_halls_phone_length", "length(phone) <= 20");
                    table.CheckConstraint("ck_halls_weekdays_length", "length(weekdays) <= 7");
                    table.ForeignKey(
                        name: "fk_halls_id",
                        column: x => x.id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "payment_allocations",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    payment_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    late_fee_fen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payment_allocations", x => new { x.bucket, x.account_id, x.period, x.issue, x.payment_id });
                    table.CheckConstraint("ck_payment_allocation_amounts", "amount_fen >= 0 and late_fee_fen >= 0 and amount_fen + late_fee_fen > 0");
                    table.ForeignKey(
                        name: "fk_payment_allocations_bucket_account_id_period_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payment_allocations_bucket_payment_id",
                        columns: x => new { x.bucket, x.payment_id },
                        principalTable: "payments",
                        principalColumns: new[] { "bucket", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "payment_tenders",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    payment_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line = table.Column<short>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    change_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payment_tenders", x => new { x.bucket, x.payment_id, x.line });
                    table.CheckConstraint("ck_payment_tender_amounts", "amount_fen > 0 and change_fen >= 0 and (change_fen = 0 or kind = 'Cash')");
                    table.CheckConstraint("ck_payment_tenders_kind", "kind in ('Cash', 'Card', 'WeChat', 'Alipay', 'Balance', 'DirectDebit')");
                    table.CheckConstraint("ck_payment_tenders_reference_length", "length(reference) <= 64");
                    table.ForeignKey(
                        name: "fk_payment_tenders_bucket_payment_id",
                        columns: x => new { x.bucket, x.payment_id },
                        principalTable: "payments",
                        principalColumns: new[] { "bucket", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reversals",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    payment_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    till_session_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reversals", x => new { x.bucket, x.payment_id });
                    table.CheckConstraint("ck_reversal_amount", "amount_fen > 0");
                    table.CheckConstraint("ck_reversals_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_reversals_number_length", "length(number) <= 24");
                    table.CheckConstraint("ck_reversals_reason_length", "length(reason) <= 200");
                    table.ForeignKey(
                        name: "fk_reversals_bucket_payment_id",
                        columns: x => new { x.bucket, x.payment_id },
                        principalTable: "payments",
                        principalColumns: new[] { "bucket", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reading_import_files",
                columns: table => new
                {
                    import_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    packed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reading_import_files", x => x.import_id);
                    table.ForeignKey(
                        name: "fk_reading_import_files_import_id",
                        column: x => x.import_id,
                        principalTable: "reading_imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_views", x => x.id);
                    table.CheckConstraint("ck_saved_views_name_length", "length(name) <= 40");
                    table.CheckConstraint("ck_saved_views_path_length", "length(path) <= 120");
                    table.CheckConstraint("ck_saved_views_query_length", "length(query) <= 1000");
                    table.ForeignKey(
                        name: "fk_saved_views_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_staff_claims_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_staff_logins_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_staff_passkeys_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_recovery_codes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    used_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_recovery_codes", x => x.id);
                    table.CheckConstraint("ck_staff_recovery_codes_hash_length", "length(hash) <= 64");
                    table.ForeignKey(
                        name: "fk_staff_recovery_codes_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_sessions",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    method = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    started_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    from_address = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    browser = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    locked_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    wrong_pins = table.Column<int>(type: "INTEGER", nullable: false),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_sessions", x => x.id);
                    table.CheckConstraint("ck_staff_session_wrong_pins", "wrong_pins between 0 and 5");
                    table.CheckConstraint("ck_staff_sessions_browser_length", "length(browser) <= 120");
                    table.CheckConstraint("ck_staff_sessions_from_address_length", "length(from_address) <= 64");
                    table.CheckConstraint("ck_staff_sessions_method", "method in ('Password', 'Totp', 'RecoveryCode', 'Passkey')");
                    table.ForeignKey(
                        name: "fk_staff_sessions_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_tokens",
                columns: table => new
                {
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_staff_tokens_user_id",
                        column: x => x.user_id,
                        principalTable: "staff_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "write_off_bills",
                columns: table => new
                {
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<short>(type: "INTEGER", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    issue = table.Column<short>(type: "INTEGER", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_write_off_bills", x => new { x.bucket, x.account_id, x.sequence, x.period, x.issue });
                    table.CheckConstraint("ck_write_off_bill_amount", "amount_fen > 0");
                    table.ForeignKey(
                        name: "fk_write_off_bills_bucket_account_id_period_issue",
                        columns: x => new { x.bucket, x.account_id, x.period, x.issue },
                        principalTable: "customer_bills",
                        principalColumns: new[] { "bucket", "account_id", "period", "issue" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_write_off_bills_bucket_account_id_sequence",
                        columns: x => new { x.bucket, x.account_id, x.sequence },
                        principalTable: "write_offs",
                        principalColumns: new[] { "bucket", "account_id", "sequence" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "route_stops",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    route_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_route_stops", x => x.account_id);
                    table.CheckConstraint("ck_route_stop_bucket_of_account", "bucket = account_id % 1024 and place > 0");
                    table.ForeignKey(
                        name: "fk_route_stops_route_id",
                        column: x => x.route_id,
                        principalTable: "reading_routes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "supply_points",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    bucket = table.Column<short>(type: "INTEGER", nullable: false),
                    meter_number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    meter_digits = table.Column<short>(type: "INTEGER", nullable: false),
                    multiplier = table.Column<int>(type: "INTEGER", nullable: false),
                    contract_kva = table.Column<int>(type: "INTEGER", nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    tariff_code = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    voltage = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    persons = table.Column<short>(type: "INTEGER", nullable: false),
                    free_quota_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    is_combined_meter = table.Column<bool>(type: "INTEGER", nullable: false),
                    chooses_combined_price = table.Column<bool>(type: "INTEGER", nullable: false),
                    began_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    paused_on = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supply_points", x => x.id);
                    table.CheckConstraint("ck_supply_point_bucket_of_account", "bucket = account_id % 1024");
                    table.CheckConstraint("ck_supply_point_days", "ended_on is null or began_on is null or ended_on >= began_on");
                    table.CheckConstraint("ck_supply_point_ranges", "meter_digits between 4 and 9 and multiplier between 1 and 100000 and persons between 0 and 99 and (contract_kva is null or contract_kva between 1 and 1000000)");
                    table.CheckConstraint("ck_supply_points_address_length", "length(address) <= 200");
                    table.CheckConstraint("ck_supply_points_free_quota_kind_length", "length(free_quota_kind) <= 40");
                    table.CheckConstraint("ck_supply_points_meter_number_length", "length(meter_number) <= 30");
                    table.CheckConstraint("ck_supply_points_tariff_code_length", "length(tariff_code) <= 80");
                    table.CheckConstraint("ck_supply_points_voltage", "voltage in ('V220', 'V380', 'Kv10', 'Kv20', 'Kv35', 'Kv110', 'Kv220')");
                    table.ForeignKey(
                        name: "fk_supply_points_account_id",
                        column: x => x.account_id,
                        principalTable: "billing_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bank_deposits",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    of_clerks = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    prepared_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    prepared_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    prepared_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    signed_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    carried_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    escort_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    seal_number = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    carried_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    carried_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    slip_number = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    slip_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    cancel_reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bank_deposits", x => x.id);
                    table.CheckConstraint("ck_bank_deposit_amount", "amount_fen > 0");
                    table.CheckConstraint("ck_bank_deposit_steps", "(state in ('Prepared', 'Cancelled') or signed_by_name is not null) and (state in ('Carried', 'Slipped')) = (carried_on is not null) and (state = 'Slipped') = (slip_number is not null) and (state = 'Cancelled') = (cancel_reason is not null)");
                    table.CheckConstraint("ck_bank_deposits_cancel_reason_length", "length(cancel_reason) <= 200");
                    table.CheckConstraint("ck_bank_deposits_carried_by_name_length", "length(carried_by_name) <= 60");
                    table.CheckConstraint("ck_bank_deposits_escort_name_length", "length(escort_name) <= 60");
                    table.CheckConstraint("ck_bank_deposits_number_length", "length(number) <= 20");
                    table.CheckConstraint("ck_bank_deposits_of_clerks_length", "length(of_clerks) <= 400");
                    table.CheckConstraint("ck_bank_deposits_prepared_by_name_length", "length(prepared_by_name) <= 60");
                    table.CheckConstraint("ck_bank_deposits_seal_number_length", "length(seal_number) <= 60");
                    table.CheckConstraint("ck_bank_deposits_signed_by_name_length", "length(signed_by_name) <= 60");
                    table.CheckConstraint("ck_bank_deposits_slip_number_length", "length(slip_number) <= 60");
                    table.CheckConstraint("ck_bank_deposits_state", "state in ('Prepared', 'Signed', 'Carried', 'Slipped', 'Cancelled')");
                    table.ForeignKey(
                        name: "fk_bank_deposits_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "business_days",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    prepared_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    opened_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    opened_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    closed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    closed_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    reopened = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_business_days", x => x.id);
                    table.CheckConstraint("ck_business_day_closed", "(state = 'Closed') = (closed_at_utc is not null)");
                    table.CheckConstraint("ck_business_days_closed_by_name_length", "length(closed_by_name) <= 60");
                    table.CheckConstraint("ck_business_days_opened_by_name_length", "length(opened_by_name) <= 60");
                    table.CheckConstraint("ck_business_days_state", "state in ('Preparing', 'Open', 'Closing', 'Closed')");
                    table.ForeignKey(
                        name: "fk_business_days_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "counters",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    services = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    clerk_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    since_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    is_retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    out_of_turn_calls = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counters", x => x.id);
                    table.CheckConstraint("ck_counter_clerk", "(state = 'Closed') = (clerk_id is null)");
                    table.CheckConstraint("ck_counter_number", "number between 1 and 99");
                    table.CheckConstraint("ck_counters_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_counters_clerk_number_length", "length(clerk_number) <= 20");
                    table.CheckConstraint("ck_counters_name_length", "length(name) <= 30");
                    table.CheckConstraint("ck_counters_reason_length", "length(reason) <= 60");
                    table.CheckConstraint("ck_counters_services_length", "length(services) <= 600");
                    table.CheckConstraint("ck_counters_state", "state in ('Closed', 'Open', 'Paused')");
                    table.ForeignKey(
                        name: "fk_counters_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duties",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    slot = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    post = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    about = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    from_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    due_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    late_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    is_by_system = table.Column<bool>(type: "INTEGER", nullable: false),
                    remark = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    is_scanned = table.Column<bool>(type: "INTEGER", nullable: false),
                    faults = table.Column<short>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duties", x => x.id);
                    table.CheckConstraint("ck_duties_about_length", "length(about) <= 120");
                    table.CheckConstraint("ck_duties_code_length", "length(code) <= 12");
                    table.CheckConstraint("ck_duties_ended_by_name_length", "length(ended_by_name) <= 60");
                    table.CheckConstraint("ck_duties_person_name_length", "length(person_name) <= 60");
                    table.CheckConstraint("ck_duties_post_length", "length(post) <= 40");
                    table.CheckConstraint("ck_duties_remark_length", "length(remark) <= 500");
                    table.CheckConstraint("ck_duties_slot_length", "length(slot) <= 60");
                    table.CheckConstraint("ck_duties_state", "state in ('Open', 'Done', 'Missed', 'Excepted')");
                    table.CheckConstraint("ck_duty_ended", "(state = 'Open') = (ended_at_utc is null)");
                    table.CheckConstraint("ck_duty_faults", "faults >= 0");
                    table.CheckConstraint("ck_duty_times", "due_utc >= from_utc");
                    table.ForeignKey(
                        name: "fk_duties_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_days",
                columns: table => new
                {
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    made_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_days", x => new { x.hall_id, x.date });
                    table.ForeignKey(
                        name: "fk_duty_days_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_log_remarks",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    by_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_log_remarks", x => x.id);
                    table.CheckConstraint("ck_duty_log_remarks_by_name_length", "length(by_name) <= 60");
                    table.CheckConstraint("ck_duty_log_remarks_words_length", "length(words) <= 1000");
                    table.ForeignKey(
                        name: "fk_duty_log_remarks_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_logs",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    signed_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    signed_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    signed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    is_late = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_logs", x => x.id);
                    table.CheckConstraint("ck_duty_logs_signed_by_name_length", "length(signed_by_name) <= 60");
                    table.ForeignKey(
                        name: "fk_duty_logs_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_spots",
                columns: table => new
                {
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_spots", x => new { x.hall_id, x.code });
                    table.CheckConstraint("ck_duty_spots_code_length", "length(code) <= 40");
                    table.CheckConstraint("ck_duty_spots_key_length", "length(key) <= 12");
                    table.ForeignKey(
                        name: "fk_duty_spots_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hall_safes",
                columns: table => new
                {
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    balance_fen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hall_safes", x => x.hall_id);
                    table.CheckConstraint("ck_hall_safe_balance", "balance_fen >= 0");
                    table.ForeignKey(
                        name: "fk_hall_safes_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hall_special_days",
                columns: table => new
                {
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    is_open = table.Column<bool>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hall_special_days", x => new { x.hall_id, x.day });
                    table.CheckConstraint("ck_hall_special_days_note_length", "length(note) <= 60");
                    table.ForeignKey(
                        name: "fk_hall_special_days_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hand_overs",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    giver_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    giver_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    taker_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    taker_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    counter_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    counter_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    given_for_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    given_for_reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    words = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    given_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    differences = table.Column<short>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hand_overs", x => x.id);
                    table.CheckConstraint("ck_hand_over_ended", "(state = 'Given') = (ended_at_utc is null)");
                    table.CheckConstraint("ck_hand_over_given_for", "(given_for_by_name is null) = (given_for_reason is null)");
                    table.CheckConstraint("ck_hand_over_reason", "state not in ('SentBack', 'Withdrawn') or reason is not null");
                    table.CheckConstraint("ck_hand_over_two", "giver_id <> taker_id");
                    table.CheckConstraint("ck_hand_overs_counter_name_length", "length(counter_name) <= 60");
                    table.CheckConstraint("ck_hand_overs_ended_by_name_length", "length(ended_by_name) <= 60");
                    table.CheckConstraint("ck_hand_overs_given_for_by_name_length", "length(given_for_by_name) <= 60");
                    table.CheckConstraint("ck_hand_overs_given_for_reason_length", "length(given_for_reason) <= 300");
                    table.CheckConstraint("ck_hand_overs_giver_name_length", "length(giver_name) <= 60");
                    table.CheckConstraint("ck_hand_overs_reason_length", "length(reason) <= 300");
                    table.CheckConstraint("ck_hand_overs_state", "state in ('Given', 'Signed', 'SentBack', 'Withdrawn')");
                    table.CheckConstraint("ck_hand_overs_taker_name_length", "length(taker_name) <= 60");
                    table.CheckConstraint("ck_hand_overs_words_length", "length(words) <= 300");
                    table.ForeignKey(
                        name: "fk_hand_overs_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "money_accounts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    added_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_money_accounts", x => x.id);
                    table.CheckConstraint("ck_money_accounts_kind", "kind in ('Bank', 'WeChat', 'Alipay')");
                    table.CheckConstraint("ck_money_accounts_name_length", "length(name) <= 60");
                    table.CheckConstraint("ck_money_accounts_number_length", "length(number) <= 40");
                    table.ForeignKey(
                        name: "fk_money_accounts_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "queue_heads",
                columns: table => new
                {
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_rank = table.Column<long>(type: "INTEGER", nullable: false),
                    last_call = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_queue_heads", x => new { x.hall_id, x.date });
                    table.ForeignKey(
                        name: "fk_queue_heads_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "receipt_books",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    prefix = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    first_number = table.Column<long>(type: "INTEGER", nullable: false),
                    last_number = table.Column<long>(type: "INTEGER", nullable: false),
                    next_number = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    arrived_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    issued_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    confirmed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt_books", x => x.id);
                    table.CheckConstraint("ck_receipt_book_clerk", "state not in ('WithClerk') or clerk_id is not null");
                    table.CheckConstraint("ck_receipt_book_hall", "(state = 'Arrived') = (hall_id is null)");
                    table.CheckConstraint("ck_receipt_book_range", "first_number >= 1 and last_number >= first_number and last_number <= 99999999 and next_number between first_number and last_number + 1");
                    table.CheckConstraint("ck_receipt_book_used_up", "(state = 'UsedUp') = (next_number = last_number + 1)");
                    table.CheckConstraint("ck_receipt_books_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_receipt_books_prefix_length", "length(prefix) <= 8");
                    table.CheckConstraint("ck_receipt_books_state", "state in ('Arrived', 'InHall', 'WithClerk', 'UsedUp')");
                    table.ForeignKey(
                        name: "fk_receipt_books_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "safe_movements",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    balance_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    till_session_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_safe_movements", x => x.id);
                    table.CheckConstraint("ck_safe_movement_sign", "amount_fen <> 0 and balance_fen >= 0 and (kind = 'Count' or (kind in ('Float', 'Supply', 'Deposit')) = (amount_fen < 0))");
                    table.CheckConstraint("ck_safe_movements_by_name_length", "length(by_name) <= 60");
                    table.CheckConstraint("ck_safe_movements_kind", "kind in ('Fetched', 'Float', 'Supply', 'Drop', 'Takings', 'Deposit', 'Count')");
                    table.CheckConstraint("ck_safe_movements_reference_length", "length(reference) <= 60");
                    table.ForeignKey(
                        name: "fk_safe_movements_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "service_orders",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    service = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    version = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    unit_path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    visit_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    customer_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    account_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    applicant_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    agent_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    agent_paper = table.Column<string>(type: "TEXT", maxLength: 18, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    stage = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    posts = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    worker_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    worker_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    stage_since_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    warn_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    due_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    left_minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    is_warned = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_overdue = table.Column<bool>(type: "INTEGER", nullable: false),
                    data_json = table.Column<string>(type: "TEXT", maxLength: 16000, nullable: false),
                    papers = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    fee_bills = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    fee_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    accepted_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    accepted_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    accepted_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    valid_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    is_expired = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_signed = table.Column<bool>(type: "INTEGER", nullable: false),
                    steps = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_orders", x => x.id);
                    table.CheckConstraint("ck_service_order_fee", "fee_fen >= 0");
                    table.CheckConstraint("ck_service_order_over_has_time", "(state in ('Completed', 'Failed', 'Cancelled', 'Reversed')) = (ended_at_utc is not null)");
                    table.CheckConstraint("ck_service_order_stage", "(state in ('Completed', 'Failed', 'Cancelled', 'Reversed')) = (stage is null)");
                    table.CheckConstraint("ck_service_order_working_has_worker", "(state = 'InProgress') = (worker_id is not null)");
                    table.CheckConstraint("ck_service_orders_accepted_by_name_length", "length(accepted_by_name) <= 60");
                    table.CheckConstraint("ck_service_orders_account_number_length", "length(account_number) <= 20");
                    table.CheckConstraint("ck_service_orders_agent_name_length", "length(agent_name) <= 100");
                    table.CheckConstraint("ck_service_orders_agent_paper_length", "length(agent_paper) <= 18");
                    table.CheckConstraint("ck_service_orders_applicant_name_length", "length(applicant_name) <= 100");
                    table.CheckConstraint("ck_service_orders_data_json_length", "length(data_json) <= 16000");
                    table.CheckConstraint("ck_service_orders_fee_bills_length", "length(fee_bills) <= 400");
                    table.CheckConstraint("ck_service_orders_number_length", "length(number) <= 20");
                    table.CheckConstraint("ck_service_orders_papers_length", "length(papers) <= 600");
                    table.CheckConstraint("ck_service_orders_phone_length", "length(phone) <= 20");
                    table.CheckConstraint("ck_service_orders_posts_length", "length(posts) <= 300");
                    table.CheckConstraint("ck_service_orders_service_length", "length(service) <= 30");
                    table.CheckConstraint("ck_service_orders_stage_length", "length(stage) <= 30");
                    table.CheckConstraint("ck_service_orders_state", "state in ('Acknowledged', 'InProgress', 'Pending', 'Held', 'Completed', 'Failed', 'Cancelled', 'Reversed')");
                    table.CheckConstraint("ck_service_orders_unit_path_length", "length(unit_path) <= 200");
                    table.CheckConstraint("ck_service_orders_worker_name_length", "length(worker_name) <= 60");
                    table.ForeignKey(
                        name: "fk_service_orders_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ticket_numbers",
                columns: table => new
                {
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    letter = table.Column<string>(type: "TEXT", maxLength: 1, nullable: false),
                    last = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ticket_numbers", x => new { x.hall_id, x.date, x.letter });
                    table.CheckConstraint("ck_ticket_number_last", "last between 0 and 999");
                    table.CheckConstraint("ck_ticket_numbers_letter_length", "length(letter) <= 1");
                    table.ForeignKey(
                        name: "fk_ticket_numbers_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visits",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    customer_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    arrived_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visits", x => x.id);
                    table.CheckConstraint("ck_visit_ended", "(state = 'Ended') = (ended_at_utc is not null)");
                    table.CheckConstraint("ck_visits_number_length", "length(number) <= 6");
                    table.CheckConstraint("ck_visits_state", "state in ('Waiting', 'Open', 'Ended')");
                    table.ForeignKey(
                        name: "fk_visits_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "counter_periods",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    counter_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    from_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    until_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counter_periods", x => x.id);
                    table.CheckConstraint("ck_counter_period_until", "until_utc is null or until_utc >= from_utc");
                    table.CheckConstraint("ck_counter_periods_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_counter_periods_reason_length", "length(reason) <= 60");
                    table.CheckConstraint("ck_counter_periods_state", "state in ('Closed', 'Open', 'Paused')");
                    table.ForeignKey(
                        name: "fk_counter_periods_counter_id",
                        column: x => x.counter_id,
                        principalTable: "counters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "devices",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    counter_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    key = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    is_retired = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_devices", x => x.id);
                    table.CheckConstraint("ck_devices_key_length", "length(key) <= 20");
                    table.CheckConstraint("ck_devices_kind", "kind in ('Kiosk', 'Board', 'SecondScreen', 'Printer')");
                    table.CheckConstraint("ck_devices_name_length", "length(name) <= 30");
                    table.ForeignKey(
                        name: "fk_devices_counter_id",
                        column: x => x.counter_id,
                        principalTable: "counters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_devices_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_answers",
                columns: table => new
                {
                    duty_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line = table.Column<short>(type: "INTEGER", nullable: false),
                    name_zh = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    name_en = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    result = table.Column<string>(type: "TEXT", maxLength: 13, nullable: false),
                    milli = table.Column<long>(type: "INTEGER", nullable: true),
                    unit_zh = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    unit_en = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    remark = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_answers", x => new { x.duty_id, x.line });
                    table.CheckConstraint("ck_duty_answer_fault_says_what", "result <> 'Fault' or remark is not null");
                    table.CheckConstraint("ck_duty_answers_name_en_length", "length(name_en) <= 200");
                    table.CheckConstraint("ck_duty_answers_name_zh_length", "length(name_zh) <= 120");
                    table.CheckConstraint("ck_duty_answers_remark_length", "length(remark) <= 200");
                    table.CheckConstraint("ck_duty_answers_result", "result in ('Ok', 'Fault', 'NotApplicable')");
                    table.CheckConstraint("ck_duty_answers_unit_en_length", "length(unit_en) <= 20");
                    table.CheckConstraint("ck_duty_answers_unit_zh_length", "length(unit_zh) <= 20");
                    table.ForeignKey(
                        name: "fk_duty_answers_duty_id",
                        column: x => x.duty_id,
                        principalTable: "duties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_faults",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    duty_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line = table.Column<short>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    where_zh = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    where_en = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    what = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    found_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    found_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_faults", x => x.id);
                    table.CheckConstraint("ck_duty_faults_ended_by_name_length", "length(ended_by_name) <= 60");
                    table.CheckConstraint("ck_duty_faults_found_by_name_length", "length(found_by_name) <= 60");
                    table.CheckConstraint("ck_duty_faults_kind", "kind in ('Repair', 'Request')");
                    table.CheckConstraint("ck_duty_faults_outcome_length", "length(outcome) <= 200");
                    table.CheckConstraint("ck_duty_faults_owner_length", "length(owner) <= 200");
                    table.CheckConstraint("ck_duty_faults_state", "state in ('Open', 'Given', 'Done', 'Dropped')");
                    table.CheckConstraint("ck_duty_faults_what_length", "length(what) <= 200");
                    table.CheckConstraint("ck_duty_faults_where_en_length", "length(where_en) <= 200");
                    table.CheckConstraint("ck_duty_faults_where_zh_length", "length(where_zh) <= 120");
                    table.CheckConstraint("ck_fault_line_ended", "(state in ('Done', 'Dropped')) = (ended_at_utc is not null)");
                    table.CheckConstraint("ck_fault_line_given", "state <> 'Given' or (owner is not null and due_on is not null)");
                    table.ForeignKey(
                        name: "fk_duty_faults_duty_id",
                        column: x => x.duty_id,
                        principalTable: "duties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_duty_faults_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_meetings",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    duty_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    facts_of = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    tickets = table.Column<int>(type: "INTEGER", nullable: false),
                    served = table.Column<int>(type: "INTEGER", nullable: false),
                    mean_wait_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    longest_wait_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    payments = table.Column<int>(type: "INTEGER", nullable: false),
                    takings_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    ratings = table.Column<int>(type: "INTEGER", nullable: false),
                    rating_hundredths = table.Column<int>(type: "INTEGER", nullable: false),
                    complaints = table.Column<int>(type: "INTEGER", nullable: false),
                    missed_duties = table.Column<int>(type: "INTEGER", nullable: false),
                    open_faults = table.Column<int>(type: "INTEGER", nullable: false),
                    open_tills = table.Column<int>(type: "INTEGER", nullable: false),
                    notices = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    question = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    minutes = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    signed_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    signed_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    signed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_meetings", x => x.id);
                    table.CheckConstraint("ck_duty_meetings_kind", "kind in ('Before', 'After')");
                    table.CheckConstraint("ck_duty_meetings_minutes_length", "length(minutes) <= 2000");
                    table.CheckConstraint("ck_duty_meetings_notices_length", "length(notices) <= 2000");
                    table.CheckConstraint("ck_duty_meetings_question_length", "length(question) <= 400");
                    table.CheckConstraint("ck_duty_meetings_signed_by_name_length", "length(signed_by_name) <= 60");
                    table.ForeignKey(
                        name: "fk_duty_meetings_duty_id",
                        column: x => x.duty_id,
                        principalTable: "duties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_duty_meetings_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_notices",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    duty_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    post = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    seen_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    seen_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_notices", x => x.id);
                    table.CheckConstraint("ck_duty_notice_seen", "(seen_at_utc is null) = (seen_by_name is null)");
                    table.CheckConstraint("ck_duty_notices_post_length", "length(post) <= 40");
                    table.CheckConstraint("ck_duty_notices_seen_by_name_length", "length(seen_by_name) <= 60");
                    table.ForeignKey(
                        name: "fk_duty_notices_duty_id",
                        column: x => x.duty_id,
                        principalTable: "duties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_log_lines",
                columns: table => new
                {
                    log_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 13, nullable: false),
                    who = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    what = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    more = table.Column<string>(type: "TEXT", maxLength: 330, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_log_lines", x => new { x.log_id, x.line });
                    table.CheckConstraint("ck_duty_log_lines_kind", "kind in ('DayOpened', 'DayClosed', 'TillOpened', 'TillSettled', 'Reversed', 'Granted', 'Denied', 'Complaint', 'TicketsServed', 'DutyLate', 'DutyMissed', 'FaultFound', 'FaultEnded', 'MeetingSigned')");
                    table.CheckConstraint("ck_duty_log_lines_more_length", "length(more) <= 330");
                    table.CheckConstraint("ck_duty_log_lines_what_length", "length(what) <= 200");
                    table.CheckConstraint("ck_duty_log_lines_who_length", "length(who) <= 60");
                    table.ForeignKey(
                        name: "fk_duty_log_lines_log_id",
                        column: x => x.log_id,
                        principalTable: "duty_logs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hand_over_lines",
                columns: table => new
                {
                    hand_over_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line = table.Column<short>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    name_zh = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    name_en = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    expected = table.Column<long>(type: "INTEGER", nullable: false),
                    given = table.Column<long>(type: "INTEGER", nullable: false),
                    giver_words = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    taken = table.Column<long>(type: "INTEGER", nullable: true),
                    taker_words = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hand_over_lines", x => new { x.hand_over_id, x.line });
                    table.CheckConstraint("ck_hand_over_line_given", "given >= 0");
                    table.CheckConstraint("ck_hand_over_line_said", "(given = expected or giver_words is not null) and (taken is null or taken = given or taker_words is not null)");
                    table.CheckConstraint("ck_hand_over_line_taken", "taken is null or taken >= 0");
                    table.CheckConstraint("ck_hand_over_lines_giver_words_length", "length(giver_words) <= 300");
                    table.CheckConstraint("ck_hand_over_lines_key_length", "length(key) <= 40");
                    table.CheckConstraint("ck_hand_over_lines_kind", "kind in ('Cash', 'ReceiptBook', 'Visits', 'Orders', 'Thing')");
                    table.CheckConstraint("ck_hand_over_lines_name_en_length", "length(name_en) <= 120");
                    table.CheckConstraint("ck_hand_over_lines_name_zh_length", "length(name_zh) <= 120");
                    table.CheckConstraint("ck_hand_over_lines_taker_words_length", "length(taker_words) <= 300");
                    table.ForeignKey(
                        name: "fk_hand_over_lines_hand_over_id",
                        column: x => x.hand_over_id,
                        principalTable: "hand_overs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "money_findings",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    money_account_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 15, nullable: false),
                    line_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    item_key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    statement_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    books_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    number = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    party = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    owner_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    owner_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    cause = table.Column<string>(type: "TEXT", maxLength: 13, nullable: true),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    settled_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    found_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_money_findings", x => x.id);
                    table.CheckConstraint("ck_money_finding_settled", "(state = 'Settled') = (cause is not null and note is not null) and (state = 'Open') = (ended_at_utc is null)");
                    table.CheckConstraint("ck_money_finding_sides", "statement_fen is not null or books_fen is not null");
                    table.CheckConstraint("ck_money_findings_cause", "cause in ('BankFee', 'Interest', 'OtherBusiness', 'Timing', 'ClerkError', 'ChannelError', 'GivenBack', 'Other')");
                    table.CheckConstraint("ck_money_findings_item_key_length", "length(item_key) <= 60");
                    table.CheckConstraint("ck_money_findings_kind", "kind in ('OnlyInStatement', 'OnlyInBooks', 'AmountDiffers', 'LineTwice')");
                    table.CheckConstraint("ck_money_findings_note_length", "length(note) <= 200");
                    table.CheckConstraint("ck_money_findings_number_length", "length(number) <= 64");
                    table.CheckConstraint("ck_money_findings_owner_name_length", "length(owner_name) <= 60");
                    table.CheckConstraint("ck_money_findings_party_length", "length(party) <= 100");
                    table.CheckConstraint("ck_money_findings_settled_by_name_length", "length(settled_by_name) <= 60");
                    table.CheckConstraint("ck_money_findings_state", "state in ('Open', 'Settled', 'Vanished')");
                    table.ForeignKey(
                        name: "fk_money_findings_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_money_findings_money_account_id",
                        column: x => x.money_account_id,
                        principalTable: "money_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "statement_lines",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    money_account_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    statement_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    second_of_day = table.Column<int>(type: "INTEGER", nullable: true),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    fee_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    balance_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    order_reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    party = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    party_account = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_lines", x => x.id);
                    table.CheckConstraint("ck_statement_line_amount", "amount_fen <> 0");
                    table.CheckConstraint("ck_statement_line_second", "second_of_day is null or second_of_day between 0 and 86399");
                    table.CheckConstraint("ck_statement_lines_key_length", "length(key) <= 32");
                    table.CheckConstraint("ck_statement_lines_note_length", "length(note) <= 200");
                    table.CheckConstraint("ck_statement_lines_order_reference_length", "length(order_reference) <= 64");
                    table.CheckConstraint("ck_statement_lines_party_account_length", "length(party_account) <= 50");
                    table.CheckConstraint("ck_statement_lines_party_length", "length(party) <= 100");
                    table.CheckConstraint("ck_statement_lines_reference_length", "length(reference) <= 64");
                    table.ForeignKey(
                        name: "fk_statement_lines_money_account_id",
                        column: x => x.money_account_id,
                        principalTable: "money_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "statements",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    money_account_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    content_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    layout = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    format = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    from_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    to_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    lines = table.Column<int>(type: "INTEGER", nullable: false),
                    new_lines = table.Column<int>(type: "INTEGER", nullable: false),
                    skipped = table.Column<int>(type: "INTEGER", nullable: false),
                    totals = table.Column<int>(type: "INTEGER", nullable: false),
                    balances_run = table.Column<bool>(type: "INTEGER", nullable: false),
                    was_reversed = table.Column<bool>(type: "INTEGER", nullable: false),
                    in_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    out_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    opening_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    closing_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    mistake_count = table.Column<int>(type: "INTEGER", nullable: false),
                    mistakes_json = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    uploaded_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    uploaded_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    uploaded_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statements", x => x.id);
                    table.CheckConstraint("ck_statement_figures", "lines >= 0 and new_lines between 0 and lines and in_fen >= 0 and out_fen >= 0");
                    table.CheckConstraint("ck_statement_wrong", "(state = 'Wrong') = (mistake_count > 0) and (state = 'Imported' or new_lines = 0)");
                    table.CheckConstraint("ck_statements_content_hash_length", "length(content_hash) <= 64");
                    table.CheckConstraint("ck_statements_file_name_length", "length(file_name) <= 200");
                    table.CheckConstraint("ck_statements_format_length", "length(format) <= 20");
                    table.CheckConstraint("ck_statements_layout_length", "length(layout) <= 40");
                    table.CheckConstraint("ck_statements_mistakes_json_length", "length(mistakes_json) <= 100000");
                    table.CheckConstraint("ck_statements_state", "state in ('Wrong', 'Imported')");
                    table.CheckConstraint("ck_statements_uploaded_by_name_length", "length(uploaded_by_name) <= 60");
                    table.ForeignKey(
                        name: "fk_statements_money_account_id",
                        column: x => x.money_account_id,
                        principalTable: "money_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "receipts",
                columns: table => new
                {
                    book_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    book_number = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    document_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    issued_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false),
                    void_reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    voided_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    voided_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reprints = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipts", x => new { x.book_id, x.book_number });
                    table.CheckConstraint("ck_receipt_figures", "amount_fen >= 0 and reprints >= 0");
                    table.CheckConstraint("ck_receipt_used_has_document", "state = 'Void' or (document_id is not null and account_id is not null)");
                    table.CheckConstraint("ck_receipt_void_has_reason", "(state = 'Void') = (void_reason is not null)");
                    table.CheckConstraint("ck_receipts_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_receipts_kind_length", "length(kind) <= 20");
                    table.CheckConstraint("ck_receipts_number_length", "length(number) <= 16");
                    table.CheckConstraint("ck_receipts_state", "state in ('Used', 'Void')");
                    table.CheckConstraint("ck_receipts_void_reason_length", "length(void_reason) <= 200");
                    table.CheckConstraint("ck_receipts_voided_by_name_length", "length(voided_by_name) <= 60");
                    table.ForeignKey(
                        name: "fk_receipts_book_id",
                        column: x => x.book_id,
                        principalTable: "receipt_books",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "till_sessions",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    clerk_number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    counter_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    counter_name = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    receipt_book_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    own_accounts = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    float_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    closed_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    counted_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    expected_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    difference_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    counts = table.Column<short>(type: "INTEGER", nullable: false),
                    reopen_reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    closed_for_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    closed_for_reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_till_sessions", x => x.id);
                    table.CheckConstraint("ck_till_session_closed_for", "closed_for_by_name is null or (state = 'Closed' and closed_for_reason is not null)");
                    table.CheckConstraint("ck_till_session_closed_is_counted", "(state = 'Closed') = (closed_at_utc is not null and counted_fen is not null and expected_fen is not null and difference_fen is not null)");
                    table.CheckConstraint("ck_till_session_difference", "difference_fen is null or difference_fen = counted_fen - expected_fen");
                    table.CheckConstraint("ck_till_session_float", "float_fen >= 0");
                    table.CheckConstraint("ck_till_sessions_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_till_sessions_clerk_number_length", "length(clerk_number) <= 40");
                    table.CheckConstraint("ck_till_sessions_closed_for_by_name_length", "length(closed_for_by_name) <= 60");
                    table.CheckConstraint("ck_till_sessions_closed_for_reason_length", "length(closed_for_reason) <= 200");
                    table.CheckConstraint("ck_till_sessions_counter_name_length", "length(counter_name) <= 30");
                    table.CheckConstraint("ck_till_sessions_own_accounts_length", "length(own_accounts) <= 400");
                    table.CheckConstraint("ck_till_sessions_reopen_reason_length", "length(reopen_reason) <= 200");
                    table.CheckConstraint("ck_till_sessions_state", "state in ('Open', 'Closed')");
                    table.ForeignKey(
                        name: "fk_till_sessions_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_till_sessions_receipt_book_id",
                        column: x => x.receipt_book_id,
                        principalTable: "receipt_books",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "order_steps",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    order_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    stage = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    staff_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    staff_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    words = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    before = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    effect = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_steps", x => x.id);
                    table.CheckConstraint("ck_order_steps_before_length", "length(before) <= 2000");
                    table.CheckConstraint("ck_order_steps_effect_length", "length(effect) <= 40");
                    table.CheckConstraint("ck_order_steps_kind_length", "length(kind) <= 20");
                    table.CheckConstraint("ck_order_steps_staff_name_length", "length(staff_name) <= 60");
                    table.CheckConstraint("ck_order_steps_stage_length", "length(stage) <= 30");
                    table.CheckConstraint("ck_order_steps_state", "state in ('Acknowledged', 'InProgress', 'Pending', 'Held', 'Completed', 'Failed', 'Cancelled', 'Reversed')");
                    table.CheckConstraint("ck_order_steps_words_length", "length(words) <= 600");
                    table.ForeignKey(
                        name: "fk_order_steps_order_id",
                        column: x => x.order_id,
                        principalTable: "service_orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "queue_tickets",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    visit_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    service = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    more = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    visitor_class = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    rank = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    since_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    for_counter_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    for_clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    for_clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    back_clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    back_clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    back_service = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    counter_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    counter_number = table.Column<int>(type: "INTEGER", nullable: true),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    typed_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    typed_masked = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    token = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    taken_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    called_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    served_from_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    call_rank = table.Column<long>(type: "INTEGER", nullable: false),
                    calls = table.Column<int>(type: "INTEGER", nullable: false),
                    service_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    papers = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    back_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_queue_tickets", x => x.id);
                    table.CheckConstraint("ck_queue_ticket_back", "(back_clerk_id is null) = (back_service is null)");
                    table.CheckConstraint("ck_queue_ticket_counter", "state not in ('Called', 'Serving') or counter_id is not null");
                    table.CheckConstraint("ck_queue_ticket_ended", "(state in ('NoShow', 'Done', 'Cancelled')) = (ended_at_utc is not null)");
                    table.CheckConstraint("ck_queue_ticket_parked", "(state = 'Parked') = (papers is not null) and (back_at_utc is null or state = 'Parked')");
                    table.CheckConstraint("ck_queue_ticket_priority", "priority between 0 and 99");
                    table.CheckConstraint("ck_queue_ticket_serving", "(state = 'Serving') = (served_from_utc is not null)");
                    table.CheckConstraint("ck_queue_tickets_back_clerk_name_length", "length(back_clerk_name) <= 60");
                    table.CheckConstraint("ck_queue_tickets_back_service_length", "length(back_service) <= 20");
                    table.CheckConstraint("ck_queue_tickets_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_queue_tickets_for_clerk_name_length", "length(for_clerk_name) <= 60");
                    table.CheckConstraint("ck_queue_tickets_more_length", "length(more) <= 80");
                    table.CheckConstraint("ck_queue_tickets_number_length", "length(number) <= 6");
                    table.CheckConstraint("ck_queue_tickets_papers", "papers in ('Taken', 'Here', 'Stage')");
                    table.CheckConstraint("ck_queue_tickets_reason_length", "length(reason) <= 20");
                    table.CheckConstraint("ck_queue_tickets_service_length", "length(service) <= 20");
                    table.CheckConstraint("ck_queue_tickets_state", "state in ('Waiting', 'Called', 'Serving', 'Parked', 'NoShow', 'Done', 'Cancelled')");
                    table.CheckConstraint("ck_queue_tickets_token_length", "length(token) <= 16");
                    table.CheckConstraint("ck_queue_tickets_typed_masked_length", "length(typed_masked) <= 20");
                    table.CheckConstraint("ck_queue_tickets_typed_number_length", "length(typed_number) <= 20");
                    table.CheckConstraint("ck_queue_tickets_visitor_class_length", "length(visitor_class) <= 20");
                    table.ForeignKey(
                        name: "fk_queue_tickets_counter_id",
                        column: x => x.counter_id,
                        principalTable: "counters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_queue_tickets_for_counter_id",
                        column: x => x.for_counter_id,
                        principalTable: "counters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_queue_tickets_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_queue_tickets_visit_id",
                        column: x => x.visit_id,
                        principalTable: "visits",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit_ratings",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    visit_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    service = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    counter_number = table.Column<int>(type: "INTEGER", nullable: true),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    stars = table.Column<int>(type: "INTEGER", nullable: false),
                    reasons = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_ratings", x => x.id);
                    table.CheckConstraint("ck_visit_rating_stars", "stars between 1 and 5");
                    table.CheckConstraint("ck_visit_ratings_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_visit_ratings_reasons_length", "length(reasons) <= 200");
                    table.CheckConstraint("ck_visit_ratings_service_length", "length(service) <= 20");
                    table.ForeignKey(
                        name: "fk_visit_ratings_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visit_ratings_visit_id",
                        column: x => x.visit_id,
                        principalTable: "visits",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit_steps",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    visit_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    counter_number = table.Column<int>(type: "INTEGER", nullable: true),
                    staff_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    staff_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    detail = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_steps", x => x.id);
                    table.CheckConstraint("ck_visit_steps_detail_length", "length(detail) <= 120");
                    table.CheckConstraint("ck_visit_steps_kind_length", "length(kind) <= 30");
                    table.CheckConstraint("ck_visit_steps_staff_name_length", "length(staff_name) <= 60");
                    table.ForeignKey(
                        name: "fk_visit_steps_visit_id",
                        column: x => x.visit_id,
                        principalTable: "visits",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "duty_meeting_people",
                columns: table => new
                {
                    meeting_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    attendance = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    looks_right = table.Column<bool>(type: "INTEGER", nullable: true),
                    remark = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    read_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_meeting_people", x => new { x.meeting_id, x.user_id });
                    table.CheckConstraint("ck_duty_meeting_people_attendance", "attendance in ('Present', 'Late', 'OnLeave', 'Absent')");
                    table.CheckConstraint("ck_duty_meeting_people_name_length", "length(name) <= 60");
                    table.CheckConstraint("ck_duty_meeting_people_remark_length", "length(remark) <= 200");
                    table.CheckConstraint("ck_meeting_person_looks", "(looks_right is null) = (attendance in ('OnLeave', 'Absent'))");
                    table.ForeignKey(
                        name: "fk_duty_meeting_people_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "duty_meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "channel_orders",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    till_session_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    payment_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    of_order_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    asked_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    answered_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_orders", x => x.id);
                    table.CheckConstraint("ck_channel_order_amount", "amount_fen > 0");
                    table.CheckConstraint("ck_channel_order_answered", "(state = 'Asked') = (answered_at_utc is null)");
                    table.CheckConstraint("ck_channel_orders_channel", "channel in ('Cash', 'Card', 'WeChat', 'Alipay', 'Balance', 'DirectDebit')");
                    table.CheckConstraint("ck_channel_orders_code_length", "length(code) <= 32");
                    table.CheckConstraint("ck_channel_orders_kind", "kind in ('Charge', 'GiveBack')");
                    table.CheckConstraint("ck_channel_orders_reason_length", "length(reason) <= 200");
                    table.CheckConstraint("ck_channel_orders_reference_length", "length(reference) <= 64");
                    table.CheckConstraint("ck_channel_orders_state", "state in ('Asked', 'Ok', 'Refused')");
                    table.ForeignKey(
                        name: "fk_channel_orders_till_session_id",
                        column: x => x.till_session_id,
                        principalTable: "till_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "safe_transfers",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    till_session_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    offered_by = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    offered_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    offered_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    deposit_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_safe_transfers", x => x.id);
                    table.CheckConstraint("ck_safe_transfer_amount", "amount_fen > 0");
                    table.CheckConstraint("ck_safe_transfer_ended", "(state = 'Offered') = (ended_at_utc is null)");
                    table.CheckConstraint("ck_safe_transfer_till", "(kind = 'Float') = (till_session_id is null)");
                    table.CheckConstraint("ck_safe_transfers_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_safe_transfers_ended_by_name_length", "length(ended_by_name) <= 60");
                    table.CheckConstraint("ck_safe_transfers_kind", "kind in ('Float', 'Supply', 'Drop', 'Takings')");
                    table.CheckConstraint("ck_safe_transfers_offered_by_name_length", "length(offered_by_name) <= 60");
                    table.CheckConstraint("ck_safe_transfers_state", "state in ('Offered', 'Confirmed', 'Withdrawn')");
                    table.ForeignKey(
                        name: "fk_safe_transfers_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_safe_transfers_till_session_id",
                        column: x => x.till_session_id,
                        principalTable: "till_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "till_counts",
                columns: table => new
                {
                    till_session_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    turn = table.Column<short>(type: "INTEGER", nullable: false),
                    worth_fen = table.Column<int>(type: "INTEGER", nullable: false),
                    pieces = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_till_counts", x => new { x.till_session_id, x.turn, x.worth_fen });
                    table.CheckConstraint("ck_till_count_figures", "turn >= 0 and worth_fen > 0 and pieces >= 0");
                    table.ForeignKey(
                        name: "fk_till_counts_till_session_id",
                        column: x => x.till_session_id,
                        principalTable: "till_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "till_movements",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    till_session_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    business_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    tender = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_till_movements", x => new { x.till_session_id, x.id });
                    table.CheckConstraint("ck_till_movement_sign", "(kind in ('Payment', 'Supply') and amount_fen > 0) or (kind in ('Reversal', 'Drop') and amount_fen < 0)");
                    table.CheckConstraint("ck_till_movement_tender", "tender <> 'Balance'");
                    table.CheckConstraint("ck_till_movements_kind", "kind in ('Payment', 'Reversal', 'Drop', 'Supply')");
                    table.CheckConstraint("ck_till_movements_reference_length", "length(reference) <= 60");
                    table.CheckConstraint("ck_till_movements_tender", "tender in ('Cash', 'Card', 'WeChat', 'Alipay', 'Balance', 'DirectDebit')");
                    table.ForeignKey(
                        name: "fk_till_movements_till_session_id",
                        column: x => x.till_session_id,
                        principalTable: "till_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appointments",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    start = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    service = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    token = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    made_by_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    made_at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    ticket_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    ticket_number = table.Column<string>(type: "TEXT", maxLength: 6, nullable: true),
                    ended_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    reminded_at_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appointments", x => x.id);
                    table.CheckConstraint("ck_appointment_came", "(state = 'Came') = (ticket_id is not null)");
                    table.CheckConstraint("ck_appointment_ended", "(state = 'Booked') = (ended_at_utc is null)");
                    table.CheckConstraint("ck_appointments_code_length", "length(code) <= 6");
                    table.CheckConstraint("ck_appointments_made_by_name_length", "length(made_by_name) <= 60");
                    table.CheckConstraint("ck_appointments_name_length", "length(name) <= 40");
                    table.CheckConstraint("ck_appointments_phone_length", "length(phone) <= 20");
                    table.CheckConstraint("ck_appointments_reason_length", "length(reason) <= 120");
                    table.CheckConstraint("ck_appointments_service_length", "length(service) <= 20");
                    table.CheckConstraint("ck_appointments_state", "state in ('Booked', 'Came', 'Cancelled', 'NoShow')");
                    table.CheckConstraint("ck_appointments_ticket_number_length", "length(ticket_number) <= 6");
                    table.CheckConstraint("ck_appointments_token_length", "length(token) <= 16");
                    table.ForeignKey(
                        name: "fk_appointments_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_ticket_id",
                        column: x => x.ticket_id,
                        principalTable: "queue_tickets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ticket_periods",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    ticket_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    hall_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    service = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    counter_number = table.Column<int>(type: "INTEGER", nullable: true),
                    clerk_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    clerk_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    from_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    until_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    seconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ticket_periods", x => x.id);
                    table.CheckConstraint("ck_ticket_period_until", "until_utc >= from_utc and seconds >= 0");
                    table.CheckConstraint("ck_ticket_periods_clerk_name_length", "length(clerk_name) <= 60");
                    table.CheckConstraint("ck_ticket_periods_reason_length", "length(reason) <= 20");
                    table.CheckConstraint("ck_ticket_periods_service_length", "length(service) <= 20");
                    table.CheckConstraint("ck_ticket_periods_state", "state in ('Waiting', 'Called', 'Serving', 'Parked', 'NoShow', 'Done', 'Cancelled')");
                    table.ForeignKey(
                        name: "fk_ticket_periods_hall_id",
                        column: x => x.hall_id,
                        principalTable: "halls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_ticket_periods_ticket_id",
                        column: x => x.ticket_id,
                        principalTable: "queue_tickets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "bill_run_gate",
                column: "id",
                value: (short)1);

            migrationBuilder.CreateIndex(
                name: "ix_account_journal_lines_hall_id_business_date_account",
                table: "account_journal_lines",
                columns: new[] { "hall_id", "business_date", "account" },
                filter: "hall_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_api_tokens_name",
                table: "api_tokens",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_appointments_day",
                table: "appointments",
                column: "day",
                filter: "state = 'Booked'");

            migrationBuilder.CreateIndex(
                name: "ix_appointments_phone_day",
                table: "appointments",
                columns: new[] { "phone", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_ticket_id",
                table: "appointments",
                column: "ticket_id");

            migrationBuilder.CreateIndex(
                name: "ux_appointments_hall_id_day_code",
                table: "appointments",
                columns: new[] { "hall_id", "day", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_appointments_token",
                table: "appointments",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_approvals_asked_by_asked_at_utc",
                table: "approvals",
                columns: new[] { "asked_by", "asked_at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_approvals_content_hash_state",
                table: "approvals",
                columns: new[] { "content_hash", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_approvals_state_asked_at_utc",
                table: "approvals",
                columns: new[] { "state", "asked_at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_arrears_climbs_state",
                table: "arrears_climbs",
                column: "state",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_attachments_owner_kind_owner_key",
                table: "attachments",
                columns: new[] { "owner_kind", "owner_key" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_lines_at_utc",
                table: "audit_lines",
                column: "at_utc");

            migrationBuilder.CreateIndex(
                name: "ix_audit_lines_subject",
                table: "audit_lines",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "ix_bank_deposits_hall_id_state",
                table: "bank_deposits",
                columns: new[] { "hall_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ux_bank_deposits_hall_id_number",
                table: "bank_deposits",
                columns: new[] { "hall_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_bill_replacements_bucket_account_id_period_old_issue",
                table: "bill_replacements",
                columns: new[] { "bucket", "account_id", "period", "old_issue" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bill_runs_state",
                table: "bill_runs",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ux_bill_runs_period_unit_path_part_key",
                table: "bill_runs",
                columns: new[] { "period", "unit_path", "part_key" },
                unique: true,
                filter: "state not in ('Released', 'Dropped')");

            migrationBuilder.CreateIndex(
                name: "ix_billing_accounts_bucket_id",
                table: "billing_accounts",
                columns: new[] { "bucket", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_billing_accounts_customer_id",
                table: "billing_accounts",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ux_billing_accounts_number",
                table: "billing_accounts",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_billing_cycles_code",
                table: "billing_cycles",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_business_days_hall_id",
                table: "business_days",
                column: "hall_id",
                unique: true,
                filter: "state <> 'Closed'");

            migrationBuilder.CreateIndex(
                name: "ux_business_days_hall_id_date",
                table: "business_days",
                columns: new[] { "hall_id", "date" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channel_orders_payment_id",
                table: "channel_orders",
                column: "payment_id");

            migrationBuilder.CreateIndex(
                name: "ix_channel_orders_state_asked_at_utc",
                table: "channel_orders",
                columns: new[] { "state", "asked_at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_orders_till_session_id_state",
                table: "channel_orders",
                columns: new[] { "till_session_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_counter_periods_counter_id_from_utc",
                table: "counter_periods",
                columns: new[] { "counter_id", "from_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_counter_periods_hall_id_date",
                table: "counter_periods",
                columns: new[] { "hall_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ux_counters_clerk_id",
                table: "counters",
                column: "clerk_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_counters_hall_id_number",
                table: "counters",
                columns: new[] { "hall_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_customer_access_lines_customer_id",
                table: "customer_access_lines",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_customer_bills_bucket_account_id_due_date",
                table: "customer_bills",
                columns: new[] { "bucket", "account_id", "due_date" },
                filter: "state = 'Issued'");

            migrationBuilder.CreateIndex(
                name: "ix_customer_bills_bucket_run_id",
                table: "customer_bills",
                columns: new[] { "bucket", "run_id" },
                filter: "state in ('Draft', 'Held')");

            migrationBuilder.CreateIndex(
                name: "ix_customer_changes_customer_id",
                table: "customer_changes",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ux_customers_number",
                table: "customers",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_debit_agreements_bucket_bank_code",
                table: "debit_agreements",
                columns: new[] { "bucket", "bank_code" },
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ux_debit_agreements_bucket_account_id",
                table: "debit_agreements",
                columns: new[] { "bucket", "account_id" },
                unique: true,
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_debit_batches_made_at_utc",
                table: "debit_batches",
                column: "made_at_utc");

            migrationBuilder.CreateIndex(
                name: "ux_debit_batches_answer_hash",
                table: "debit_batches",
                column: "answer_hash",
                unique: true,
                filter: "answer_hash is not null");

            migrationBuilder.CreateIndex(
                name: "ux_debit_batches_number",
                table: "debit_batches",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_debit_items_batch_id",
                table: "debit_items",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ux_debit_items_bucket_account_id",
                table: "debit_items",
                columns: new[] { "bucket", "account_id" },
                unique: true,
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_devices_counter_id",
                table: "devices",
                column: "counter_id");

            migrationBuilder.CreateIndex(
                name: "ux_devices_hall_id_name",
                table: "devices",
                columns: new[] { "hall_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_devices_key",
                table: "devices",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_duties_hall_id_from_utc",
                table: "duties",
                columns: new[] { "hall_id", "from_utc" },
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ux_duties_hall_id_date_code_slot",
                table: "duties",
                columns: new[] { "hall_id", "date", "code", "slot" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_duty_faults_hall_id_state",
                table: "duty_faults",
                columns: new[] { "hall_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ux_duty_faults_duty_id_line",
                table: "duty_faults",
                columns: new[] { "duty_id", "line" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_duty_log_remarks_hall_id_date",
                table: "duty_log_remarks",
                columns: new[] { "hall_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ux_duty_logs_hall_id_date",
                table: "duty_logs",
                columns: new[] { "hall_id", "date" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_duty_meetings_duty_id",
                table: "duty_meetings",
                column: "duty_id");

            migrationBuilder.CreateIndex(
                name: "ux_duty_meetings_hall_id_date_kind",
                table: "duty_meetings",
                columns: new[] { "hall_id", "date", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_duty_notices_hall_id_post",
                table: "duty_notices",
                columns: new[] { "hall_id", "post" },
                filter: "seen_at_utc is null");

            migrationBuilder.CreateIndex(
                name: "ux_duty_notices_duty_id",
                table: "duty_notices",
                column: "duty_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_duty_spots_key",
                table: "duty_spots",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_given_prices_period",
                table: "given_prices",
                column: "period");

            migrationBuilder.CreateIndex(
                name: "ux_halls_path",
                table: "halls",
                column: "path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_hand_overs_hall_id_date",
                table: "hand_overs",
                columns: new[] { "hall_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ux_hand_overs_giver_id_taker_id",
                table: "hand_overs",
                columns: new[] { "giver_id", "taker_id" },
                unique: true,
                filter: "state = 'Given'");

            migrationBuilder.CreateIndex(
                name: "ix_held_bills_bucket_run_id",
                table: "held_bills",
                columns: new[] { "bucket", "run_id" });

            migrationBuilder.CreateIndex(
                name: "ix_held_bills_bucket_state",
                table: "held_bills",
                columns: new[] { "bucket", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_instalment_agreements_state_signed_on",
                table: "instalment_agreements",
                columns: new[] { "state", "signed_on" });

            migrationBuilder.CreateIndex(
                name: "ux_instalment_agreements_bucket_account_id",
                table: "instalment_agreements",
                columns: new[] { "bucket", "account_id" },
                unique: true,
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_instalment_bills_bucket_account_id_period_issue",
                table: "instalment_bills",
                columns: new[] { "bucket", "account_id", "period", "issue" });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_state_not_before_utc",
                table: "jobs",
                columns: new[] { "state", "not_before_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_late_fee_waivers_bucket_account_id_period_issue",
                table: "late_fee_waivers",
                columns: new[] { "bucket", "account_id", "period", "issue" });

            migrationBuilder.CreateIndex(
                name: "ix_money_accounts_hall_id",
                table: "money_accounts",
                column: "hall_id");

            migrationBuilder.CreateIndex(
                name: "ux_money_accounts_number",
                table: "money_accounts",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_money_findings_hall_id",
                table: "money_findings",
                column: "hall_id");

            migrationBuilder.CreateIndex(
                name: "ix_money_findings_money_account_id_state",
                table: "money_findings",
                columns: new[] { "money_account_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_money_findings_state_due_on",
                table: "money_findings",
                columns: new[] { "state", "due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_number_steps_number",
                table: "number_steps",
                column: "number");

            migrationBuilder.CreateIndex(
                name: "ux_order_steps_order_id_place",
                table: "order_steps",
                columns: new[] { "order_id", "place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_org_units_parent_id",
                table: "org_units",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ux_org_units_path",
                table: "org_units",
                column: "path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_state_not_before_utc",
                table: "outbox",
                columns: new[] { "state", "not_before_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_paid_moves_bucket_account_id_period_issue",
                table: "paid_moves",
                columns: new[] { "bucket", "account_id", "period", "issue" });

            migrationBuilder.CreateIndex(
                name: "ix_payment_allocations_bucket_payment_id",
                table: "payment_allocations",
                columns: new[] { "bucket", "payment_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payments_bucket_account_id_taken_at_utc",
                table: "payments",
                columns: new[] { "bucket", "account_id", "taken_at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_payments_hall_id_business_date",
                table: "payments",
                columns: new[] { "hall_id", "business_date" });

            migrationBuilder.CreateIndex(
                name: "ix_pool_numbers_state_backwards",
                table: "pool_numbers",
                columns: new[] { "state", "backwards" });

            migrationBuilder.CreateIndex(
                name: "ix_pool_numbers_state_number",
                table: "pool_numbers",
                columns: new[] { "state", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_pool_numbers_state_tail_number",
                table: "pool_numbers",
                columns: new[] { "state", "tail", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_pool_numbers_until_utc",
                table: "pool_numbers",
                column: "until_utc",
                filter: "until_utc is not null");

            migrationBuilder.CreateIndex(
                name: "ix_prepaid_accounts_level_left_fen",
                table: "prepaid_accounts",
                columns: new[] { "level", "left_fen" });

            migrationBuilder.CreateIndex(
                name: "ix_queue_tickets_back_at_utc",
                table: "queue_tickets",
                column: "back_at_utc",
                filter: "back_at_utc is not null");

            migrationBuilder.CreateIndex(
                name: "ix_queue_tickets_for_counter_id",
                table: "queue_tickets",
                column: "for_counter_id");

            migrationBuilder.CreateIndex(
                name: "ix_queue_tickets_hall_id_date_call_rank",
                table: "queue_tickets",
                columns: new[] { "hall_id", "date", "call_rank" });

            migrationBuilder.CreateIndex(
                name: "ix_queue_tickets_hall_id_date_state",
                table: "queue_tickets",
                columns: new[] { "hall_id", "date", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_queue_tickets_visit_id",
                table: "queue_tickets",
                column: "visit_id");

            migrationBuilder.CreateIndex(
                name: "ux_queue_tickets_counter_id",
                table: "queue_tickets",
                column: "counter_id",
                unique: true,
                filter: "state in ('Called', 'Serving')");

            migrationBuilder.CreateIndex(
                name: "ux_queue_tickets_hall_id_date_number",
                table: "queue_tickets",
                columns: new[] { "hall_id", "date", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_queue_tickets_hall_id_date_rank",
                table: "queue_tickets",
                columns: new[] { "hall_id", "date", "rank" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_queue_tickets_token",
                table: "queue_tickets",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_reading_imports_content_hash",
                table: "reading_imports",
                column: "content_hash",
                unique: true,
                filter: "state = 'Imported'");

            migrationBuilder.CreateIndex(
                name: "ix_reading_routes_cycle_id",
                table: "reading_routes",
                column: "cycle_id");

            migrationBuilder.CreateIndex(
                name: "ux_reading_routes_code",
                table: "reading_routes",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_receipt_books_clerk_id_state",
                table: "receipt_books",
                columns: new[] { "clerk_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_receipt_books_hall_id_state",
                table: "receipt_books",
                columns: new[] { "hall_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ux_receipt_books_prefix_first_number",
                table: "receipt_books",
                columns: new[] { "prefix", "first_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_receipts_hall_id_business_date",
                table: "receipts",
                columns: new[] { "hall_id", "business_date" });

            migrationBuilder.CreateIndex(
                name: "ux_receipts_number",
                table: "receipts",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reversals_hall_id_business_date",
                table: "reversals",
                columns: new[] { "hall_id", "business_date" });

            migrationBuilder.CreateIndex(
                name: "ix_route_stops_route_id_place",
                table: "route_stops",
                columns: new[] { "route_id", "place" });

            migrationBuilder.CreateIndex(
                name: "ix_safe_movements_hall_id_business_date",
                table: "safe_movements",
                columns: new[] { "hall_id", "business_date" });

            migrationBuilder.CreateIndex(
                name: "ix_safe_transfers_hall_id_state",
                table: "safe_transfers",
                columns: new[] { "hall_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_safe_transfers_till_session_id",
                table: "safe_transfers",
                column: "till_session_id");

            migrationBuilder.CreateIndex(
                name: "ux_saved_views_user_id_path_name",
                table: "saved_views",
                columns: new[] { "user_id", "path", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_service_orders_account_id",
                table: "service_orders",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_service_orders_customer_id",
                table: "service_orders",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_service_orders_hall_id_state_due_utc",
                table: "service_orders",
                columns: new[] { "hall_id", "state", "due_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_service_orders_unit_path_accepted_at_utc",
                table: "service_orders",
                columns: new[] { "unit_path", "accepted_at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_service_orders_valid_until",
                table: "service_orders",
                column: "valid_until",
                filter: "valid_until is not null");

            migrationBuilder.CreateIndex(
                name: "ix_service_orders_worker_id",
                table: "service_orders",
                column: "worker_id",
                filter: "worker_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_service_orders_number",
                table: "service_orders",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_setting_changes_key",
                table: "setting_changes",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_staff_claims_user_id",
                table: "staff_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_logins_user_id",
                table: "staff_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_passkeys_user_id",
                table: "staff_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ux_staff_recovery_codes_user_id_hash",
                table: "staff_recovery_codes",
                columns: new[] { "user_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_staff_sessions_user_id_started_at_utc",
                table: "staff_sessions",
                columns: new[] { "user_id", "started_at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_staff_users_normalized_email",
                table: "staff_users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ux_staff_users_normalized_user_name",
                table: "staff_users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statement_lines_money_account_id_day",
                table: "statement_lines",
                columns: new[] { "money_account_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_statement_lines_statement_id",
                table: "statement_lines",
                column: "statement_id");

            migrationBuilder.CreateIndex(
                name: "ux_statement_lines_money_account_id_key",
                table: "statement_lines",
                columns: new[] { "money_account_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statement_matches_group_id",
                table: "statement_matches",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_statement_matches_money_account_id_day",
                table: "statement_matches",
                columns: new[] { "money_account_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ux_statement_matches_item_key",
                table: "statement_matches",
                column: "item_key",
                unique: true,
                filter: "item_key is not null");

            migrationBuilder.CreateIndex(
                name: "ux_statement_matches_line_id",
                table: "statement_matches",
                column: "line_id",
                unique: true,
                filter: "line_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_statements_money_account_id_to_day",
                table: "statements",
                columns: new[] { "money_account_id", "to_day" });

            migrationBuilder.CreateIndex(
                name: "ix_supply_points_bucket_account_id",
                table: "supply_points",
                columns: new[] { "bucket", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ux_supply_points_account_id",
                table: "supply_points",
                column: "account_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_supply_points_meter_number",
                table: "supply_points",
                column: "meter_number",
                unique: true,
                filter: "ended_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_suspension_orders_state",
                table: "suspension_orders",
                column: "state",
                filter: "state in ('Ordered', 'CarriedOut', 'RestoreDue')");

            migrationBuilder.CreateIndex(
                name: "ux_suspension_orders_bucket_account_id_episode",
                table: "suspension_orders",
                columns: new[] { "bucket", "account_id", "episode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ticket_periods_hall_id_date_state",
                table: "ticket_periods",
                columns: new[] { "hall_id", "date", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_ticket_periods_ticket_id_from_utc",
                table: "ticket_periods",
                columns: new[] { "ticket_id", "from_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_till_movements_hall_id_business_date",
                table: "till_movements",
                columns: new[] { "hall_id", "business_date" });

            migrationBuilder.CreateIndex(
                name: "ix_till_sessions_clerk_id_opened_at_utc",
                table: "till_sessions",
                columns: new[] { "clerk_id", "opened_at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_till_sessions_hall_id_business_date",
                table: "till_sessions",
                columns: new[] { "hall_id", "business_date" });

            migrationBuilder.CreateIndex(
                name: "ix_till_sessions_receipt_book_id",
                table: "till_sessions",
                column: "receipt_book_id");

            migrationBuilder.CreateIndex(
                name: "ux_till_sessions_clerk_id",
                table: "till_sessions",
                column: "clerk_id",
                unique: true,
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_visit_ratings_clerk_id_at_utc",
                table: "visit_ratings",
                columns: new[] { "clerk_id", "at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_ratings_hall_id_date",
                table: "visit_ratings",
                columns: new[] { "hall_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ux_visit_ratings_visit_id",
                table: "visit_ratings",
                column: "visit_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_visit_steps_visit_id_at_utc",
                table: "visit_steps",
                columns: new[] { "visit_id", "at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_account_id",
                table: "visits",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_visits_customer_id",
                table: "visits",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_visits_hall_id_date_state",
                table: "visits",
                columns: new[] { "hall_id", "date", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_write_off_bills_bucket_account_id_period_issue",
                table: "write_off_bills",
                columns: new[] { "bucket", "account_id", "period", "issue" });

            migrationBuilder.CreateIndex(
                name: "ix_write_off_recoveries_bucket_account_id_period_issue",
                table: "write_off_recoveries",
                columns: new[] { "bucket", "account_id", "period", "issue" });

            migrationBuilder.CreateIndex(
                name: "ix_write_offs_state_booked_on",
                table: "write_offs",
                columns: new[] { "state", "booked_on" });

            migrationBuilder.CreateIndex(
                name: "ux_write_offs_bucket_account_id",
                table: "write_offs",
                columns: new[] { "bucket", "account_id" },
                unique: true,
                filter: "state = 'Proposed'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_balances");

            migrationBuilder.DropTable(
                name: "account_journal_lines");

            migrationBuilder.DropTable(
                name: "api_tokens");

            migrationBuilder.DropTable(
                name: "appointment_days");

            migrationBuilder.DropTable(
                name: "appointments");

            migrationBuilder.DropTable(
                name: "approvals");

            migrationBuilder.DropTable(
                name: "arrears_climbs");

            migrationBuilder.DropTable(
                name: "arrears_notices");

            migrationBuilder.DropTable(
                name: "attachments");

            migrationBuilder.DropTable(
                name: "audit_heads");

            migrationBuilder.DropTable(
                name: "audit_lines");

            migrationBuilder.DropTable(
                name: "bank_deposits");

            migrationBuilder.DropTable(
                name: "bill_adjustments");

            migrationBuilder.DropTable(
                name: "bill_line_sources");

            migrationBuilder.DropTable(
                name: "bill_lines");

            migrationBuilder.DropTable(
                name: "bill_replacements");

            migrationBuilder.DropTable(
                name: "bill_run_chunks");

            migrationBuilder.DropTable(
                name: "bill_run_findings");

            migrationBuilder.DropTable(
                name: "bill_run_gate");

            migrationBuilder.DropTable(
                name: "business_days");

            migrationBuilder.DropTable(
                name: "channel_orders");

            migrationBuilder.DropTable(
                name: "command_requests");

            migrationBuilder.DropTable(
                name: "counter_periods");

            migrationBuilder.DropTable(
                name: "customer_access_lines");

            migrationBuilder.DropTable(
                name: "customer_changes");

            migrationBuilder.DropTable(
                name: "customer_counters");

            migrationBuilder.DropTable(
                name: "customer_search_terms");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "debit_agreements");

            migrationBuilder.DropTable(
                name: "debit_answer_files");

            migrationBuilder.DropTable(
                name: "debit_items");

            migrationBuilder.DropTable(
                name: "devices");

            migrationBuilder.DropTable(
                name: "duty_answers");

            migrationBuilder.DropTable(
                name: "duty_days");

            migrationBuilder.DropTable(
                name: "duty_faults");

            migrationBuilder.DropTable(
                name: "duty_log_lines");

            migrationBuilder.DropTable(
                name: "duty_log_remarks");

            migrationBuilder.DropTable(
                name: "duty_meeting_people");

            migrationBuilder.DropTable(
                name: "duty_notices");

            migrationBuilder.DropTable(
                name: "duty_spots");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "given_prices");

            migrationBuilder.DropTable(
                name: "hall_safes");

            migrationBuilder.DropTable(
                name: "hall_special_days");

            migrationBuilder.DropTable(
                name: "hand_over_lines");

            migrationBuilder.DropTable(
                name: "held_bills");

            migrationBuilder.DropTable(
                name: "installation");

            migrationBuilder.DropTable(
                name: "instalment_bills");

            migrationBuilder.DropTable(
                name: "instalment_parts");

            migrationBuilder.DropTable(
                name: "interval_days");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "journal_lines");

            migrationBuilder.DropTable(
                name: "late_fee_waivers");

            migrationBuilder.DropTable(
                name: "meter_readings");

            migrationBuilder.DropTable(
                name: "money_findings");

            migrationBuilder.DropTable(
                name: "number_steps");

            migrationBuilder.DropTable(
                name: "order_counters");

            migrationBuilder.DropTable(
                name: "order_steps");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "paid_moves");

            migrationBuilder.DropTable(
                name: "payment_allocations");

            migrationBuilder.DropTable(
                name: "payment_tenders");

            migrationBuilder.DropTable(
                name: "pool_numbers");

            migrationBuilder.DropTable(
                name: "prepaid_accounts");

            migrationBuilder.DropTable(
                name: "prepaid_alerts");

            migrationBuilder.DropTable(
                name: "queue_heads");

            migrationBuilder.DropTable(
                name: "reading_import_files");

            migrationBuilder.DropTable(
                name: "receipts");

            migrationBuilder.DropTable(
                name: "reversals");

            migrationBuilder.DropTable(
                name: "route_stops");

            migrationBuilder.DropTable(
                name: "safe_movements");

            migrationBuilder.DropTable(
                name: "safe_transfers");

            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropTable(
                name: "seen_notes");

            migrationBuilder.DropTable(
                name: "setting_changes");

            migrationBuilder.DropTable(
                name: "settings");

            migrationBuilder.DropTable(
                name: "staff_claims");

            migrationBuilder.DropTable(
                name: "staff_logins");

            migrationBuilder.DropTable(
                name: "staff_passkeys");

            migrationBuilder.DropTable(
                name: "staff_recovery_codes");

            migrationBuilder.DropTable(
                name: "staff_sessions");

            migrationBuilder.DropTable(
                name: "staff_tokens");

            migrationBuilder.DropTable(
                name: "statement_files");

            migrationBuilder.DropTable(
                name: "statement_lines");

            migrationBuilder.DropTable(
                name: "statement_matches");

            migrationBuilder.DropTable(
                name: "statements");

            migrationBuilder.DropTable(
                name: "supply_points");

            migrationBuilder.DropTable(
                name: "suspension_orders");

            migrationBuilder.DropTable(
                name: "ticket_numbers");

            migrationBuilder.DropTable(
                name: "ticket_periods");

            migrationBuilder.DropTable(
                name: "till_counts");

            migrationBuilder.DropTable(
                name: "till_movements");

            migrationBuilder.DropTable(
                name: "visit_ratings");

            migrationBuilder.DropTable(
                name: "visit_steps");

            migrationBuilder.DropTable(
                name: "write_off_bills");

            migrationBuilder.DropTable(
                name: "write_off_recoveries");

            migrationBuilder.DropTable(
                name: "bill_runs");

            migrationBuilder.DropTable(
                name: "debit_batches");

            migrationBuilder.DropTable(
                name: "duty_logs");

            migrationBuilder.DropTable(
                name: "duty_meetings");

            migrationBuilder.DropTable(
                name: "hand_overs");

            migrationBuilder.DropTable(
                name: "instalment_agreements");

            migrationBuilder.DropTable(
                name: "service_orders");

            migrationBuilder.DropTable(
                name: "reading_imports");

            migrationBuilder.DropTable(
                name: "payments");

            migrationBuilder.DropTable(
                name: "reading_routes");

            migrationBuilder.DropTable(
                name: "staff_users");

            migrationBuilder.DropTable(
                name: "money_accounts");

            migrationBuilder.DropTable(
                name: "billing_accounts");

            migrationBuilder.DropTable(
                name: "queue_tickets");

            migrationBuilder.DropTable(
                name: "till_sessions");

            migrationBuilder.DropTable(
                name: "write_offs");

            migrationBuilder.DropTable(
                name: "customer_bills");

            migrationBuilder.DropTable(
                name: "duties");

            migrationBuilder.DropTable(
                name: "billing_cycles");

            migrationBuilder.DropTable(
                name: "customers");

            migrationBuilder.DropTable(
                name: "counters");

            migrationBuilder.DropTable(
                name: "visits");

            migrationBuilder.DropTable(
                name: "receipt_books");

            migrationBuilder.DropTable(
                name: "halls");

            migrationBuilder.DropTable(
                name: "org_units");
        }
    }
}
