using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>增值税 on bills, from the packs' <c>billing.yaml</c>: rates by date, and whether a tariff's prices include the tax.</summary>
public sealed class VatTerms
{
    /// <summary>Code of the line of tax on prices without it.</summary>
    public const string Charge = "vat";

    private readonly List<(DateOnly From, decimal Rate)> _rates = [];
    private readonly List<string> _excluded = [];
    private Vat? _vat;
    private string _notice = "";
    private LocalText _name = new("", "");

    public static VatTerms Read(Packs packs)
    {
        var terms = new VatTerms();
        foreach (var file in packs.Files("billing.yaml"))
        {
            if (!file.Has("vat")) continue;
            var node = file["vat"];
            (terms._name, terms._notice) = (node.Local("name"), node.Text("notice"));
            foreach (var rate in node["rates"].Items)
            {
                if (!DateOnly.TryParseExact(rate.Text("from"), "yyyy-MM-dd", out var from)) rate.Error("from is a day, 2019-04-01");
                if (rate.DecimalOrNull("rate") is not { } value || value is <= 0 or >= 1) rate.Error("rate is between 0 and 1");
                else terms._rates.Add((from, value));
            }

            foreach (var part in node.Optional("pricesWithoutTax").Items) terms._excluded.Add(part.Text());
        }

        terms._rates.Sort();
        terms._vat = terms._rates.Count == 0 ? null : new(terms._rates);
        return terms;
    }

    /// <summary>Rate on a bill's last day; null: no tax is known.</summary>
    public decimal? RateOn(DateOnly day) => _vat?.On(day);

    /// <summary>A part of the tariff's code says that its prices are without tax.</summary>
    public bool IsExcluded(string tariffCode) => _excluded.Exists(part => tariffCode.Contains(part, StringComparison.Ordinal));

    /// <summary>The line of tax on a bill whose prices are without it; null: they include it.</summary>
    internal RatedLine? LineOn(string tariffCode, Money net, DateOnly day) => !IsExcluded(tariffCode) || RateOn(day) is not { } rate ? null
        : new(new LineSource(LineKind.Component, Charge, new(_name.Zh, _name.En), 0, Band.Whole, null, "yuan", _notice, _rates.FindLast(r => r.From <= day).From), null, null, net.Yuan, rate, net.Yuan * rate, Vat.On(net, rate), []);

    /// <summary>Net and tax of what a bill asks for; null: no tax is known. The two add up.</summary>
    /// <param name="taxLine">Tax that stands on the bill as a line of its own; null: it is in the prices.</param>
    public (decimal Rate, Money Net, Money Tax)? Of(CustomerBill bill, Money? taxLine)
    {
        if (RateOn(bill.ToDay) is not { } rate) return null;
        if (taxLine is { } own) return (rate, bill.Amount - own, own);
        var (net, tax) = Vat.Included(bill.Amount, rate);
        return (rate, net, tax);
    }
}
