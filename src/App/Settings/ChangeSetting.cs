using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>改设置: sets a value inside its limits, with a reason; the old one stays in the history.</summary>
public sealed class ChangeSetting(Work work, Modules modules, Current current)
{
    public const int ReasonLength = 200;

    [Needs("settings.change")]
    public sealed record Command(Guid RequestId, string Key, string Value, string Reason) : ICommand;

    public sealed record Changed(string Key, string From, string To);

    /// <exception cref="Refused">setting.not_found, setting.reason_missing, and what <see cref="Setting.Read"/> refuses</exception>
    public Task<Changed> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var setting = modules.Settings.FirstOrDefault(s => s.Key == c.Key) ?? throw new Refused("setting.not_found");
        var reason = (c.Reason ?? "").Trim();
        Refused.IfField(reason.Length is 0 or > ReasonLength, nameof(c.Reason), "setting.reason_missing", ReasonLength);
        var to = setting.Read(c.Value ?? "");
        var kept = await db.SettingValues.HoldOrNull(v => v.Key == c.Key, ct);
        var from = kept?.Value ?? setting.Default;
        if (kept is null) db.Add(new SettingValue { Key = c.Key, Value = to, ChangedAtUtc = db.AtUtc });
        else (kept.Value, kept.ChangedAtUtc) = (to, db.AtUtc);
        db.Add(new SettingChange { Key = c.Key, OldValue = from, NewValue = to, Reason = reason, ChangedBy = current.UserId, ChangedByName = current.Name, ChangedAtUtc = db.AtUtc });
        db.Subject = c.Key;
        return new Changed(c.Key, from, to);
    }, ct);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/settings", async (Current current, Modules modules, HallDb db, CancellationToken ct) =>
        {
            current.Require("settings.change");
            var values = await db.SettingValues.ToDictionaryAsync(v => v.Key, v => v.Value, ct);
            return modules.Settings.Select(s => new SettingShown(s.Key, values.GetValueOrDefault(s.Key, s.Default), s.Default)).ToList();
        }).WithTags("Operations").WithSummary("All settings with their values and defaults");
        api.MapPost("/settings", (Command c, ChangeSetting change, CancellationToken ct) => change.Handle(c, ct)).WithTags("Operations").WithSummary("Set a value");
    }

    public static void MapPage(IEndpointRouteBuilder pages) => pages.MapPost("/admin/settings", async ([FromForm] Command c, ChangeSetting change, CancellationToken ct) =>
    {
        await change.Handle(c, ct);
        return TypedResults.NoContent();
    });
}

/// <summary>A setting as programs see it.</summary>
public sealed record SettingShown(string Key, string Value, string Default);
