using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class ReadingImportTests
{
    private static readonly Encoding Gbk = MakeGbk();

    private static Encoding MakeGbk()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GBK");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Csv(params string[] lines) => "户号,表号,抄表日期,示数\r\n" + string.Join("\r\n", lines) + "\r\n";

    private static byte[] Xlsx(params object[] rows)
    {
        using var file = new MemoryStream();
        file.SaveAs(rows);
        return file.ToArray();
    }

    private static Task<Guid> Upload(TestHall hall, byte[] content, string name = "readings.csv") =>
        hall.As(BillRunIntents.Biller).Do((ImportReadings import) => import.Handle(Guid.CreateVersion7(), name, content));

    private static Task<int> Confirm(TestHall hall, Guid id) => hall.As(BillRunIntents.Biller).Do((ImportReadings import) => import.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), id)));

    private static async Task<ReadingImport> Checked(TestHall hall, byte[] content)
    {
        var id = await Upload(hall, content);
        return await hall.Read(db => db.ReadingImports.SingleAsync(i => i.Id == id));
    }

    private static async Task<IReadOnlyList<(int Line, string Code)>> Mistakes(TestHall hall, string text)
    {
        var import = await Checked(hall, Utf8(text));
        Assert.Equal(ReadingImportState.Wrong, import.State);
        Assert.Equal("import.not_waiting", (await Assert.ThrowsAsync<Refused>(() => Confirm(hall, import.Id))).Code);
        Assert.False(await hall.Read(db => db.MeterReadings.AnyAsync(r => r.Source == ReadingSource.Import)));
        return [.. import.Report.Mistakes.Select(m => (m.Line, m.Code))];
    }

    [Theory, BothDatabases]
    public async Task Every_encoding_and_the_spreadsheet_give_the_same_readings(TestHall hall)
    {
        hall.Clock.SetTo(new DateTime(2026, 12, 31, 12, 0, 0, DateTimeKind.Utc));
        var a = await hall.OpenAccount(place: CustomerIntents.Place("ENC00001"));
        string Month(int month) => $"{a.AccountNumber},ENC00001,2026-{month:00}-28,{month * 100}.5";
        var files = new (byte[] Content, string Format)[]
        {
            (Utf8(Csv(Month(1))), "CSV UTF-8"),
            ([.. Encoding.UTF8.GetPreamble(), .. Utf8(Csv(Month(2)))], "CSV UTF-8"),
            ([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Csv(Month(3)).Replace(',', '\t'))], "CSV UTF-16"),
            (Gbk.GetBytes(Csv(Month(4))), "CSV GBK"),
            (Xlsx(new { 户号 = a.AccountNumber, 表号 = "ENC00001", 抄表日期 = new DateTime(2026, 5, 28), 示数 = 500.5 }), "XLSX"),
            (Xlsx(new { 示数 = "600.5", 抄表日期 = "2026/6/28", 户号 = double.Parse(a.AccountNumber, CultureInfo.InvariantCulture) }), "XLSX"),
        };
        foreach (var (content, format) in files)
        {
            var import = await Checked(hall, content);
            Assert.Equal((format, ReadingImportState.Checked), (import.Format, import.State));
            Assert.Equal(1, await Confirm(hall, import.Id));
        }

        var readings = await hall.Read(db => db.MeterReadings.Where(r => r.Source == ReadingSource.Import).OrderBy(r => r.ReadOn).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 6).Select(m => (new DateOnly(2026, m, 28), m * 100_000L + 500)), readings.Select(r => (r.ReadOn, r.TotalWh)));
    }

    [Theory, BothDatabases]
    public async Task Each_wrong_line_is_told_with_its_number_and_nothing_is_written(TestHall hall)
    {
        var a = await hall.OpenAccount(firstWh: 1_000_000, place: CustomerIntents.Place("MA0001"));
        var b = await hall.OpenAccount(firstWh: 0, place: CustomerIntents.Place("MB0001"));
        var tou = await hall.OpenAccount(place: CustomerIntents.Place("MT0001", tariff: "power.zhejiang.resident-tou"));
        var mistakes = await Mistakes(hall, Csv(
            $"{b.AccountNumber},MB0001,2026-01-31,100",
            $"9999999999,X,2026-01-31,100",
            $"{a.AccountNumber},MB0001,2026-01-31,1100",
            $"{a.AccountNumber},,2026-01-31,999.999",
            $"{b.AccountNumber},,2026-01-31,101",
            $"{b.AccountNumber},,2026-13-31,101",
            $"{b.AccountNumber},,2026-02-28,12a",
            $"{b.AccountNumber},,2026-02-28,-5",
            $"{b.AccountNumber},,2026-02-28,1.2345",
            $"{b.AccountNumber},,2026-02-28,=1+1",
            $",,2026-02-28,1",
            $"{b.AccountNumber},,,1",
            $"{b.AccountNumber},,2026-02-28,",
            $"{b.AccountNumber},,2026-04-01,100",
            $"{b.AccountNumber},,2024-04-01,100",
            $"{b.AccountNumber},,2025-12-31,100",
            $"{b.AccountNumber},,2026-02-28,1000000",
            $"{tou.AccountNumber},,2026-01-31,100"));
        Assert.Equal(
            [
                (3, "reading.account_unknown"), (4, "reading.meter_unknown"), (5, "reading.backwards"), (6, "reading.line_twice"), (7, "reading.date_wrong"), (8, "reading.value_wrong"),
                (9, "reading.value_wrong"), (10, "reading.value_wrong"), (11, "file.formula_cell"), (12, "reading.account_missing"), (13, "reading.date_missing"), (14, "reading.value_missing"),
                (15, "reading.in_future"), (16, "reading.too_old"), (17, "reading.older_than_last"), (18, "reading.too_many_digits"), (19, "reading.bands_missing"),
            ],
            mistakes.OrderBy(m => m.Line));
    }

    [Theory, BothDatabases]
    public async Task A_wrong_heading_names_what_lacks_and_an_empty_table_is_told(TestHall hall)
    {
        Assert.Equal([(1, "file.columns_missing")], await Mistakes(hall, "编号,日期\r\n1,2026-01-31\r\n"));
        Assert.Equal([(1, "file.column_twice")], await Mistakes(hall, "户号,日期,示数,示数\r\n"));
        Assert.Equal([(1, "file.no_lines")], await Mistakes(hall, "户号,日期,示数\r\n"));
    }

    [Theory, BothDatabases]
    public async Task What_is_no_table_is_refused_by_its_content(TestHall hall)
    {
        async Task<string> Code(byte[] content, string name = "r.csv") => (await Assert.ThrowsAsync<Refused>(() => Upload(hall, content, name))).Code;
        Assert.Equal("file.empty", await Code([]));
        Assert.Equal("file.too_large", await Code(new byte[SheetFile.MostBytes + 1]));
        Assert.Equal("file.not_a_table", await Code([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 13]));
        Assert.Equal("file.not_a_table", await Code("%PDF-1.7 ..."u8.ToArray(), "r.xlsx"));
        Assert.Equal("file.not_a_table", await Code("PK\u0003\u0004 not really"u8.ToArray(), "r.xlsx"));
        Assert.Equal("file.old_excel", await Code([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "r.xls"));
        Assert.Equal("file.encoding_unknown", await Code([.. "户号"u8, 0xFF, 0xFF, 0xFF]));
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, true)) archive.CreateEntry("readme.txt").Open().Dispose();
        Assert.Equal("file.not_a_table", await Code(zip.ToArray(), "r.xlsx"));
    }

    [Theory, BothDatabases]
    public async Task A_formula_in_a_spreadsheet_is_a_mistake_although_it_has_a_value(TestHall hall)
    {
        var a = await hall.OpenAccount();
        var file = new MemoryStream();
        file.Write(Xlsx(new { 户号 = a.AccountNumber, 日期 = "2026-01-31", 示数 = 100 }));
        using (var archive = new ZipArchive(file, ZipArchiveMode.Update, true))
        {
            var sheet = archive.GetEntry("xl/worksheets/sheet1.xml")!;
            string xml;
            using (var reader = new StreamReader(sheet.Open())) xml = reader.ReadToEnd();
            sheet.Delete();
            using var writer = new StreamWriter(archive.CreateEntry("xl/worksheets/sheet1.xml").Open());
            var at = xml.LastIndexOf("<x:v>100", StringComparison.Ordinal);
            Assert.True(at > 0, xml);
            writer.Write(xml[..at] + "<x:f>50*2</x:f>" + xml[at..]);
        }

        var import = await Checked(hall, file.ToArray());
        var mistake = Assert.Single(import.Report.Mistakes);
        Assert.Equal((2, "file.formula_cell", "C2"), (mistake.Line, mistake.Code, mistake.Values[0]));
    }

    [Theory, BothDatabases]
    public async Task The_same_file_again_adds_nothing_and_says_when_and_by_whom(TestHall hall)
    {
        var a = await hall.OpenAccount();
        var content = Utf8(Csv($"{a.AccountNumber},,2026-01-31,100"));
        var first = await Upload(hall, content);
        var second = await Upload(hall, content);
        Assert.Equal(1, await Confirm(hall, first));
        var refused = await Assert.ThrowsAsync<Refused>(() => Confirm(hall, second));
        Assert.Equal("import.same_file", refused.Code);
        Assert.Equal(["2026-03-31 09:00", "测试", "readings.csv"], refused.Values);
        Assert.Equal("import.same_file", (await Assert.ThrowsAsync<Refused>(() => Upload(hall, content, "other name.csv"))).Code);
        Assert.Equal(1, await hall.Read(db => db.MeterReadings.CountAsync(r => r.Source == ReadingSource.Import)));
    }

    [Theory, BothDatabases]
    public async Task A_line_that_became_wrong_after_the_check_stops_the_whole_import(TestHall hall)
    {
        var a = await hall.OpenAccount();
        var b = await hall.OpenAccount();
        var id = await Upload(hall, Utf8(Csv($"{a.AccountNumber},,2026-01-31,100", $"{b.AccountNumber},,2026-01-31,100")));
        await hall.Read(b, new(2026, 1, 31), 90);
        Assert.Equal("import.no_longer_right", (await Assert.ThrowsAsync<Refused>(() => Confirm(hall, id))).Code);
        Assert.False(await hall.Read(db => db.MeterReadings.AnyAsync(r => r.Source == ReadingSource.Import)));
    }

    [Theory, BothDatabases]
    public async Task A_roll_over_that_the_digits_explain_is_taken_and_a_sudden_rise_is_only_a_warning(TestHall hall)
    {
        var a = await hall.OpenAccount(firstWh: 99_990_000, place: CustomerIntents.Place(digits: 5));
        var b = await hall.OpenAccount();
        await hall.Read(b, new(2026, 1, 31), 100);
        var import = await Checked(hall, Utf8(Csv($"{a.AccountNumber},,2026-01-31,50", $"{b.AccountNumber},,2026-02-28,2100")));
        Assert.Equal((ReadingImportState.Checked, 1, 1), (import.State, import.Report.RolledOver, import.Report.WarningCount));
        Assert.Equal("reading.rise", import.Report.Warnings[0].Code);
        Assert.Equal(60_000 + 2_000_000, import.Report.UsedWh);
    }

    [Theory, BothDatabases]
    public async Task A_correction_is_a_new_row_that_points_back_and_is_settled_by_the_next_bill(TestHall hall)
    {
        var account = await hall.OpenAccount();
        await hall.Read(account, new(2026, 1, 31), 200);
        await hall.Bill(202601);
        var clerk = hall.As("readings.enter");
        EnterReading.Command Enter(decimal kwh, string? reason, int month, int day) => new(Guid.CreateVersion7(), account.AccountNumber, new(2026, month, day), kwh, null, null, null, null, null, ReadingKind.Cycle, reason);
        Assert.Equal("reason.missing", (await Assert.ThrowsAsync<Refused>(() => clerk.Do((EnterReading e) => e.Handle(Enter(150, null, 1, 31))))).Code);
        Assert.Equal(1, await clerk.Do((EnterReading e) => e.Handle(Enter(150, "复核抄错", 1, 31))));
        Assert.Equal("reading.backwards", (await Assert.ThrowsAsync<Refused>(() => clerk.Do((EnterReading e) => e.Handle(Enter(140, null, 2, 28))))).Code);
        Assert.Equal("reading.strange", (await Assert.ThrowsAsync<Refused>(() => clerk.Do((EnterReading e) => e.Handle(Enter(9_000, null, 2, 28))))).Code);
        Assert.Equal(0, await clerk.Do((EnterReading e) => e.Handle(Enter(250, null, 2, 28))));
        await hall.Bill(202602);
        // 200 were billed in January: February settles the difference, 250 − 200.
        Assert.Equal([200_000, 50_000], (await hall.Bills()).Select(b => b.UsageWh));
        Assert.Equal(3, await hall.Read(db => db.MeterReadings.CountAsync(r => r.ReadOn > new DateOnly(2026, 1, 1))));
    }
}
