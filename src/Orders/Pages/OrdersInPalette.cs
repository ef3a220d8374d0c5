using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>Orders by number, and services by name, in the palette (Ctrl+K).</summary>
sealed class OrdersInPalette(HallDb db, Current current, BusinessServices services, Texts texts) : IPaletteSource
{
    public (string TextKey, int Order) Heading => ("order.title", 15);

    public async Task<IReadOnlyList<PaletteHit>> Find(string words, CancellationToken ct)
    {
        var hits = new List<PaletteHit>();
        if (current.Can("orders.take"))
            hits.AddRange(services.All.Where(s => s.Name.Zh.Contains(words, StringComparison.OrdinalIgnoreCase) || s.Name.En.Contains(words, StringComparison.OrdinalIgnoreCase)).Take(PaletteHit.MaxHits)
                .Select(s => new PaletteHit("/orders/new?service=" + s.Code, texts["order.take_one", s.Name], s.Hint.ToString(), "service")));
        if (current.Can("orders.see") && words.ToUpperInvariant() is ['W', ..] number)
            hits.AddRange((await db.ServiceOrders.SeenBy(current).Where(o => o.Number.StartsWith(number)).OrderByDescending(o => o.Number).Take(PaletteHit.MaxHits).ToListAsync(ct))
                .Select(o => new PaletteHit("/orders/" + o.Number, o.Number, $"{services.NameOf(o.Service)} · {Masked.Name(o.ApplicantName)} · {texts["order.state." + o.State]}", "service")));
        return hits;
    }
}
