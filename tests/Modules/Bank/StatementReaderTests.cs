using System.Text;
using MiniExcelLibs;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Reconciliation;

namespace OpenHall.Tests.Modules;

/// <summary>Statements as the banks' and channels' own exports are built: every oddity of layout is read, every wrong figure is found.</summary>
public class StatementReaderTests
{
    private static readonly DateOnly Today = new(2026, 4, 30);
    private static readonly StatementReader Reader = new(StatementLayouts.Read(Packs.Read(TestHall.PacksFolder, "base")));
    private static readonly Encoding Gbk = MakeGbk();

    private static Encoding MakeGbk()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030");
    }

    private static StatementRead Read(string text, Encoding? encoding = null) => Reader.Read((encoding ?? Encoding.UTF8).GetBytes(text), Today);

    private static void Right(StatementRead read, string layout, params (string Day, long Fen, string Reference)[] lines)
    {
        Assert.Empty(read.Mistakes.Select(m => $"{m.Line} {m.Code} {string.Join('|', m.Values)}"));
        Assert.Equal(layout, read.Layout);
        Assert.Equal(lines, read.Lines.Select(l => (l.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), l.AmountFen, l.Reference)));
    }

    private static IEnumerable<(int, string)> Wrong(StatementRead read) => read.Mistakes.Select(m => (m.Line, m.Code));

    public static readonly TheoryData<string, string, string> Banks = new()
    {
        { "icbc", "工商银行企业网银", "中国工商银行账户明细\n本方账号：1202021109900012345,币种：人民币\n凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息\n10000001,1202021109900012345,6222000011112222,2026-03-31 09:12:01,贷,,\"1,234.50\",102331000012,转账,电费,王小明,\"11,234.50\",\n10000002,1202021109900012345,6222000011113333,2026-03-31 10:00:00,借,34.50,,102331000012,手续费,,工商银行,\"11,200.00\",\n合计,,,,,34.50,\"1,234.50\",,,,,,\n" },
        { "abc", "农业银行", "账户明细查询\n账号:19045101040012345 户名:某某电力公司\n交易时间\t收入金额\t支出金额\t账户余额\t交易行名\t对方省市\t对方账号\t对方户名\t交易用途\n2026-03-31 10:00:00\t0.00\t34.50\t11200.00\t杭州支行\t浙江\t6228480000001\t农业银行\t手续费\n2026-03-31 09:12:01\t1,234.50\t0.00\t11234.50\t杭州支行\t浙江\t6228480000002\t王小明\t电费\n收入总金额：1,234.50 支出总金额：34.50 收入笔数：1 支出笔数：1\n" },
        { "cmb", "招商银行", "# 招商银行交易记录\n# 导出时间: [2026-04-01 10:00:00]\n# 账    号: [571900000012345]\n# 币    种: [人民币]\n\"交易日期\",\"交易时间\",\"收入\",\"支出\",\"余额\",\"交易类型\",\"交易备注\"\n\"\t20260331\",\"\t10:00:00\",\"\",\"34.50\",\"11200.00\",\"手续费\",\"\"\n\"\t20260331\",\"\t09:12:01\",\"1,234.50\",\"\",\"11234.50\",\"转账汇款\",\"王小明\"\n# 收入合计：1 笔，共 1,234.50 元。\n# 支出合计：1 笔，共 34.50 元。\n" },
        { "bocom", "交通银行", "交通银行账户交易明细\n序号(Serial Num),交易日期(Trans Date),交易时间(Trans Time),交易类型(Trading Type),借贷(Dc Flg),交易金额(Trans Amt),余额(Balance),对方账号(Payment Receipt Account),对方户名(Payment Receipt Account Name),交易地点(Trading Place),摘要(Abstract)\n1,2026-03-31,09:12:01,转账,贷(Cr),１２３４.５０,11234.50,62220001,王小明,网银,电费\n2,2026-03-31,10:00:00,收费,借(Dr),34.50,11200.00,,交通银行,柜面,手续费\n" },
        { "boc", "中国银行", "查询账号[ Inquirer account number ],350000012345\n交易笔数,2\n交易类型[ Transaction Type ],业务类型[ Business type ],付款人名称[ Payer's Name ],收款人名称[ Payee's Name ],交易日期[ Transaction Date ],交易时间[ Transaction time ],交易货币[ Trade Currency ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],交易流水号[ Transaction reference number ],摘要[ Reference ]\n来账,汇款,王小明,某某电力公司,20260331,09:12:01,CNY,\"1,234.50\",\"11,234.50\",,电费\n往账,收费,某某电力公司,中国银行,20260331,10:00:00,CNY,-34.50,\"11,200.00\",,手续费\n" },
        { "ccb", "建设银行", "中国建设银行活期明细\n账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注\n33001616,某某电力公司,20260331 09:12:01,0,1234.5,11234.5,人民币元,王小明,6217001,,20260331,转账,\n33001616,某某电力公司,20260331 10:00:00,34.5,0,11200,人民币元,建设银行,,,20260331,手续费,\n" },
        { "common", "别家银行，两行表头", "某某银行对账单\n户名：某某电力公司  账号：88001234567\n日期,摘要,发生额,,余额,对方户名\n,,借方,贷方,,\n2026年3月31日,转账,,\"1,234.50\",\"11,234.50\",王小明\n2026/3/31,手续费,34.50,,\"11,200.00\",\n期初余额：10,000.00  期末余额：11,200.00\n" },
    };

    [Theory, MemberData(nameof(Banks))]
    public void Each_bank_s_layout_is_recognised_in_every_encoding(string layout, string what, string text)
    {
        foreach (var encoding in new[] { Encoding.UTF8, new UTF8Encoding(true), Gbk, Encoding.Unicode })
        {
            var content = encoding.GetPreamble().Concat(encoding.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))).ToArray();
            var read = Reader.Read(content, Today);
            Assert.Empty(read.Mistakes.Select(m => $"{what} {m.Line} {m.Code} {string.Join('|', m.Values)}"));
            Assert.Equal(layout, read.Layout);
            Assert.Equal([(123450L, 1123450L, "王小明"), (-3450L, 1120000L, read.Lines[1].Party)], read.Lines.Select(l => (l.AmountFen, l.BalanceFen!.Value, l.Party.Length > 0 ? l.Party : l.Note)).Select((l, i) => i == 1 ? (l.Item1, l.Item2, read.Lines[1].Party) : l));
            Assert.True(read.BalancesRun);
            Assert.All(read.Lines, l => Assert.Equal(new DateOnly(2026, 3, 31), l.Day));
        }
    }

    [Fact]
    public void WeChat_s_merchant_file_has_backquotes_refunds_and_its_sums_at_the_end()
    {
        const string heading = "﻿交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\n";
        const string lines = "`2026-03-31 09:12:01,`wx1,`1900000109,`0,`,`4200001,`b01,`o1,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`88.00,`0.00,`0,`0,`0.00,`0.00,`,`,`电费,`,`0.53000,`0.60%,`88.00,`0.00,`\n"
            + "`2026-03-31 10:00:00,`wx1,`1900000109,`0,`,`4200002,`b02,`o1,`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030,`r1,`12.00,`0.00,`ORIGINAL,`SUCCESS,`电费,`,`-0.07000,`0.60%,`0.00,`12.00,`\n";
        const string sums = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\n";
        var read = Read(heading + lines + sums + "`2,`88.00,`12.00,`0.00,`0.46000,`88.00,`12.00\n");
        // A fee has more decimals than money: it is told, not booked.
        Right(read, "wechat", ("2026-03-31", 88_00, "4200001"), ("2026-03-31", -12_00, "4200002"));
        Assert.Equal(("b01", "1900000109", 3), (read.Lines[0].OrderReference, read.Account, read.Totals));
        Assert.Equal([(5, "statement.sum_differs")], Wrong(Read(heading + lines + sums + "`2,`89.00,`12.00,`0.00,`0.46000,`88.00,`12.00\n")));
        Assert.Equal([(5, "statement.count_differs")], Wrong(Read(heading + lines + sums + "`3,`88.00,`12.00,`0.00,`0.46000,`88.00,`12.00\n")));
    }

    [Fact]
    public void Alipay_s_files_are_read_with_their_remarks_and_tabs()
    {
        var business = Read("#支付宝业务明细查询\n#账号：[20880000000012340156]\n#起始日期：[2026年03月31日 00:00:00]   终止日期：[2026年04月01日 00:00:00]\n#-----------------------------------------业务明细列表----------------------------------------\n"
            + "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\n"
            + "2026033122001\t,b01\t,交易,电费,2026-03-31 09:12:00,2026-03-31 09:12:01,,,,,*明(138****0000),88.00,88.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,,-0.53,0.00,\n"
            + "2026033122002\t,b02\t,退款,电费,2026-03-31 10:00:00,2026-03-31 10:00:01,,,,,*明(138****0000),-12.00,-12.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,r1,0.07,0.00,\n"
            + "#-----------------------------------------业务明细列表结束------------------------------------\n#交易合计：1笔，商家实收共88.00元，商家优惠共0.00元\n#退款合计：1笔，商家实收退款共-12.00元，商家优惠退款共0.00元\n#导出时间：[2026年04月01日 09:00:00]\n", Gbk);
        Right(business, "alipay", ("2026-03-31", 88_00, "2026033122001"), ("2026-03-31", -12_00, "2026033122002"));
        Assert.Equal(("20880000000012340156", 4), (business.Account, business.Totals));

        var flow = Read("#支付宝账务明细查询\n#账号：[20880000000012340156]\n账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\n"
            + "1001\t,2026033122001\t,b01\t,电费,2026-03-31 09:12:01,x@y.cn,88.00,0.00,188.00,支付宝,在线支付,\n1002\t,2026033122001\t,b01\t,电费,2026-03-31 09:12:01,,0.00,-0.53,187.47,支付宝,收费,\n"
            + "#支出合计：1笔，共-0.53元\n#收入合计：1笔，共88.00元\n", Gbk);
        Right(flow, "alipay", ("2026-03-31", 88_00, "2026033122001"), ("2026-03-31", -53, "2026033122001"));
        Assert.True(flow.BalancesRun);
    }

    [Fact]
    public void A_person_s_own_channel_files_are_read_too()
    {
        var read = Read("微信支付账单明细,,,,,,,,\n微信昵称：[开厅],,,,,,,,\n共3笔记录,,,,,,,,\n收入：1笔 88.00元,,,,,,,,\n支出：1笔 12.00元,,,,,,,,\n中性交易：1笔 5.00元,,,,,,,,\n----------------------微信支付账单明细列表--------------------,,,,,,,,\n"
            + "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n2026-03-31 10:00:00,商户消费,某店,\"纸, 笔\",支出,¥12.00,零钱,支付成功,4200002\t,m2\t,\"/\"\n2026-03-31 09:12:01,二维码收款,王小明,\"/\",收入,¥88.00,/,已存入零钱,4200001\t,m1\t,\"/\"\n2026-03-31 09:00:00,零钱提现,某银行,\"/\",/,¥5.00,/,提现已到账,4200003\t,\"/\",\"/\"\n");
        Right(read, "wechat", ("2026-03-31", 88_00, "4200001"), ("2026-03-31", -12_00, "4200002"));
        Assert.Equal((1, true), (read.Skipped, read.WasReversed));
    }

    [Fact]
    public void A_spreadsheet_and_a_page_called_xls_are_the_same_statement()
    {
        using var file = new MemoryStream();
        file.SaveAs(new[]
        {
            new Dictionary<string, object?> { ["A"] = "账号", ["B"] = "88001234567", ["C"] = null, ["D"] = null, ["E"] = null },
            new Dictionary<string, object?> { ["A"] = "交易日期", ["B"] = "流水号", ["C"] = "收入", ["D"] = "支出", ["E"] = "余额" },
            new Dictionary<string, object?> { ["A"] = new DateTime(2026, 3, 31), ["B"] = "F0000001", ["C"] = 1234.5, ["D"] = null, ["E"] = 1234.5 },
            new Dictionary<string, object?> { ["A"] = "20260331", ["B"] = "F0000002", ["C"] = null, ["D"] = 34.5, ["E"] = 1200.0 },
        }, printHeader: false);
        Right(Reader.Read(file.ToArray(), Today), "common", ("2026-03-31", 1234_50, "F0000001"), ("2026-03-31", -34_50, "F0000002"));
        Right(Read("<html><body><table><tr><td colspan=5>对账单</td></tr><tr><th>交易日期</th><th>流水号</th><th>收入</th><th>支出</th><th>余额</th></tr><tr><td>2026-03-31</td><td>F0000001</td><td>1,234.50</td><td>&nbsp;</td><td>1,234.50</td></tr><tr><td>2026-03-31</td><td>F0000002</td><td></td><td>34.50</td><td>1,200.00</td></tr></table></body></html>", Gbk),
            "common", ("2026-03-31", 1234_50, "F0000001"), ("2026-03-31", -34_50, "F0000002"));
    }

    private const string Camt = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>S1</Id><Acct><Id><Othr><Id>88001234567</Id></Othr></Id></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">1300.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>
        <Ntry><Amt Ccy="CNY">1234.5</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-31</Dt></BookgDt><AcctSvcrRef>F0000001</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>b01</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>王小明</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="CNY">34.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-03-31T10:00:00+08:00</DtTm></BookgDt><AcctSvcrRef>F0000002</AcctSvcrRef></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;

    [Fact]
    public void ISO_20022_is_read_and_its_balances_are_checked()
    {
        var read = Read(Camt);
        Right(read, "camt053", ("2026-03-31", 1234_50, "F0000001"), ("2026-03-31", -34_50, "F0000002"));
        Assert.Equal(("88001234567", "b01", "王小明", 100_00L), (read.Account, read.Lines[0].OrderReference, read.Lines[0].Party, read.OpeningFen!.Value));
        Assert.Equal("statement.closing_differs", Assert.Single(Read(Camt.Replace("1300.00", "1300.01", StringComparison.Ordinal)).Mistakes).Code);
        Assert.Equal("statement.currency", Read(Camt.Replace("<Amt Ccy=\"CNY\">34.50", "<Amt Ccy=\"USD\">34.50", StringComparison.Ordinal)).Mistakes[0].Code);
        Assert.Equal("file.not_a_table", Assert.Throws<Refused>(() => Read(Camt[..^20])).Code);
    }

    [Theory]
    [InlineData("2026-02-30,5.00,,105.00", "statement.day_wrong")]
    [InlineData("2026-03-31,5.001,,105.00", "statement.amount_wrong")]
    [InlineData("2026-03-31,12,34.5,105.00", "statement.both_sides")]
    [InlineData("2026-03-31,\"1,23.00\",,105.00", "statement.amount_wrong")]
    [InlineData("2026-03-31,5.00,,105.10", "statement.balance_breaks")]
    [InlineData("2026-03-31,,,105.00", "statement.amount_missing")]
    [InlineData("2027-03-31,5.00,,105.00", "statement.day_future")]
    public void A_wrong_line_is_named(string line, string code) =>
        Assert.Contains((4, code), Wrong(Read("交易日期,收入,支出,余额\n2026-03-29,50.00,,50.00\n2026-03-30,50.00,,100.00\n" + line + "\n")));

    [Fact]
    public void Corrections_and_signs_are_told_apart_by_the_balance()
    {
        Right(Read("交易日期,借方发生额,贷方发生额,余额\n2026-03-31,,100.00,100.00\n2026-03-31,30.00,,70.00\n2026-03-31,-30.00,,100.00\n"), "common", ("2026-03-31", 100_00, ""), ("2026-03-31", -30_00, ""), ("2026-03-31", 30_00, ""));
        Right(Read("交易日期;支出;收入;余额\n2026-03-31;;100.00;100.00\n2026-03-31;-30.00;;70.00\n"), "common", ("2026-03-31", 100_00, ""), ("2026-03-31", -30_00, ""));
        Right(Read("Date|Amount|Balance|Description\n2026-03-31|(30.00)|70.00|fee\n2026-03-31|100.00|100.00|sale\n"), "common", ("2026-03-31", 100_00, ""), ("2026-03-31", -30_00, ""));
    }

    [Fact]
    public void What_is_no_statement_is_refused()
    {
        Assert.Equal("statement.layout_unknown", Assert.Throws<Refused>(() => Read("户号,表号,示数\n1,2,3\n")).Code);
        Assert.Equal("file.empty", Assert.Throws<Refused>(() => Reader.Read([], Today)).Code);
        Assert.Equal([(1, "file.no_lines")], Wrong(Read("交易日期,收入,支出,余额\n")));
    }
}
