using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>邮资 as data: products by weight and zone, and extra services.</summary>
/// <param name="Code">Stable name: post.china.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="From">First day on which it holds.</param>
/// <param name="Notice">Number of the notice.</param>
/// <param name="Source">Where the figures were read.</param>
/// <param name="Products">Kinds of mail.</param>
/// <param name="Extras">Registration, advice of delivery, insurance …</param>
public sealed record PostTariff(string Code, Bilingual Name, DateOnly From, string Notice, string Source,
    IReadOnlyList<PostProduct> Products, IReadOnlyList<PostExtra> Extras)
{
    public Rounding Rounding { get; init; } = Rounding.Line;
}

/// <summary>One kind of mail.</summary>
/// <param name="Code">letter, parcel, hk-letter, air-letter …</param>
/// <param name="Name">Name as shown.</param>
/// <param name="MaxGrams">Heaviest item; null: no limit.</param>
/// <param name="Zones">Which places belong to which zone, tried in order; one zone without places takes all.</param>
public sealed record PostProduct(string Code, Bilingual Name, int? MaxGrams, IReadOnlyList<PostZone> Zones)
{
    /// <summary>cm³ that count as one kilogram; the item pays the higher of real and volume weight. Null: volume doesn't count.</summary>
    public int? VolumeDivisor { get; init; }

    /// <summary>Shares of the base postage for holders of a credential: STUDENT_ID 0.8. One credential, base postage only.</summary>
    public IReadOnlyDictionary<string, decimal> Credentials { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Extra services that cost nothing more here.</summary>
    public IReadOnlyList<string> Included { get; init; } = [];

    /// <summary>Extra services that may be asked for; the tariff's prices hold unless <see cref="ExtraPrices"/> has its own.</summary>
    public IReadOnlyList<string> Extras { get; init; } = [];

    /// <summary>Own prices of extra services (registration abroad 16 yuan).</summary>
    public IReadOnlyDictionary<string, decimal> ExtraPrices { get; init; } = new Dictionary<string, decimal>();
}

/// <param name="Code">local, non-local, 1, 2 …</param>
/// <param name="Origins">Places of posting; empty: any.</param>
/// <param name="Destinations">Places of delivery; empty: any.</param>
/// <param name="SamePlace">Only when both places are the same (本埠); null: does not matter.</param>
/// <param name="Steps">Weight steps, rising; postage is their sum unless the whole weight chooses.</param>
public sealed record PostZone(string Code, IReadOnlyList<string> Origins, IReadOnlyList<string> Destinations, bool? SamePlace, IReadOnlyList<WeightStep> Steps)
{
    /// <summary>All weight beyond the first step is priced by the step that the whole weight falls in; otherwise each step prices its own part.</summary>
    public bool WholeWeightChooses { get; init; }
}

/// <summary>A stretch of weight. A started unit counts as a whole one.</summary>
/// <param name="UpToGrams">Upper end; null: no end.</param>
/// <param name="PerGrams">Size of a unit; 0: the step costs its price once (tables).</param>
/// <param name="Yuan">Price of a unit, or of the step.</param>
public sealed record WeightStep(int? UpToGrams, int PerGrams, decimal Yuan);

/// <summary>An extra service.</summary>
/// <param name="Code">registration, advice, insurance …</param>
/// <param name="Name">Name as shown.</param>
/// <param name="Yuan">Price.</param>
public sealed record PostExtra(string Code, Bilingual Name, decimal Yuan)
{
    /// <summary>Share of the declared value, instead of <see cref="Yuan"/>, which is then a handling fee.</summary>
    public decimal? ShareOfValue { get; init; }

    /// <summary>Started steps of value that the share counts on (100 yuan); 0: the value itself.</summary>
    public decimal ValueStep { get; init; }

    public decimal MinimumYuan { get; init; }

    public decimal? MaxValue { get; init; }

    /// <summary>Share of the base postage instead (a fuel surcharge); <see cref="Yuan"/> is added.</summary>
    public decimal? ShareOfPostage { get; init; }

    /// <summary><see cref="Yuan"/> for each started so many grams; 0: for the item.</summary>
    public int PerGrams { get; init; }

    /// <summary>附加费: charged without being asked for, where it applies.</summary>
    public bool IsSurcharge { get; init; }

    /// <summary>Only to these places; empty: to any.</summary>
    public IReadOnlyList<string> Destinations { get; init; } = [];

    /// <summary>Needs this service as well.</summary>
    public string? Needs { get; init; }

    /// <summary>Cannot be had with this one.</summary>
    public string? Excludes { get; init; }

    /// <summary>Paid by the addressee: a line for information that is not in the total.</summary>
    public bool PaidByAddressee { get; init; }
}

/// <summary>An item at the counter.</summary>
/// <param name="Product">Code of the product.</param>
/// <param name="Grams">Weight, 1 or more.</param>
public readonly record struct MailItem(string Product, int Grams)
{
    /// <summary>Place of posting: city or province code.</summary>
    public string? Origin { get; init; }

    /// <summary>Place of delivery: city, province or country code.</summary>
    public string? Destination { get; init; }

    /// <summary>Volume in cm³; 0: not measured.</summary>
    public long Cm3 { get; init; }

    /// <summary>Codes of extra services asked for.</summary>
    public IReadOnlyList<string>? Extras { get; init; }

    /// <summary>Declared value for insurance.</summary>
    public decimal DeclaredYuan { get; init; }

    /// <summary>Credential shown, or null.</summary>
    public string? Credential { get; init; }
}
