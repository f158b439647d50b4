using System.Globalization;
using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.Brands;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Brands;

/// <summary>What is set for a brand. What is left out stays as it is.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Signature">Markdown with the fields agent.name, agent.first_name and desk.name; empty for none.</param>
/// <param name="Team">The id or the name of the team that answers at its addresses; empty for none.</param>
/// <param name="Zone">A zone of the IANA database.</param>
/// <param name="Hours">The hours of the week, such as <c>Mon-Fri 09:00-17:00</c>; empty for those of the team.</param>
/// <param name="Holidays">One a line.</param>
/// <param name="Addresses">Addresses of ours; all whose face it is.</param>
/// <param name="Templates">All its own words; what is empty is said as usual.</param>
public sealed record BrandBody(
    string? Name = null, string? Signature = null, [property: JsonConverter(typeof(TextOrNumber))] string? Team = null, string? Zone = null, string? Hours = null, string? Holidays = null,
    IReadOnlyList<string>? Addresses = null, IReadOnlyList<TemplateBody>? Templates = null);

/// <summary>A brand's own words in a mail that is written by itself.</summary>
/// <param name="Kind">confidence or rule.</param>
/// <param name="Language">One of the languages that customers are written to in, as a two-letter code.</param>
/// <param name="Subject">With fields; empty for the usual one.</param>
/// <param name="Text">In Markdown, with fields, <c>{{link}}</c> among them; empty for the usual words.</param>
public sealed record TemplateBody(string? Kind, string? Language, string? Subject = null, string? Text = null);

/// <summary>Adds, changes and removes brands. When answers are due is counted anew for what waits at their addresses.</summary>
internal sealed class ChangeBrand(Store store, RecountBell bell, TimeProvider time)
{
    public Task<Result<IReadOnlyList<BrandDetails>>> Add(Actor actor, BrandBody body, CancellationToken cancel) => Write(
        actor,
        async db => await db.Brands.CountAsync(cancel) >= ListBrands.Most
            ? new Refusal(RefusalKind.Conflict, "brand.too-many", $"There are {ListBrands.Most} brands already.", "name")
            : await Set(db, actor, new Brand(), body with { Name = body.Name ?? "" }, "brand.added"),
        cancel);

    public Task<Result<IReadOnlyList<BrandDetails>>> Run(Actor actor, long id, BrandBody body, CancellationToken cancel) => Write(
        actor,
        async db => await db.Brands.FindAsync(id) is { } brand ? await Set(db, actor, brand, body, "brand.changed") : Unknown(id),
        cancel);

    public Task<Result<IReadOnlyList<BrandDetails>>> Remove(Actor actor, long id, CancellationToken cancel) => Write(
        actor,
        async db =>
        {
            if (await db.Brands.FindAsync(id) is not { } brand)
            {
                return Unknown(id);
            }

            // The database lets go of it everywhere; its addresses are the organisation's own again.
            var addresses = await BrandParts.AddressesOf(db, id);
            db.Brands.Remove(brand);
            db.Audit.Add(AuditLine.Of(actor, "brand.removed", brand.Name, time.Now()));
            await db.SaveChangesAsync(cancel);
            await CountAgain(db, addresses);
            return null;
        },
        cancel);

    private async Task<Result<IReadOnlyList<BrandDetails>>> Write(Actor actor, Func<HeliotropeDb, Task<Refusal?>> change, CancellationToken cancel)
    {
        var result = await store.Administer<IReadOnlyList<BrandDetails>>(actor, change, async db => await ListBrands.Read(db), cancel);
        bell.Ring();
        return result;
    }

    private async Task<Refusal?> Set(HeliotropeDb db, Actor actor, Brand brand, BrandBody body, string action)
    {
        var (name, signature) = ((body.Name ?? brand.Name).Trim(), (body.Signature ?? brand.Signature).ReplaceLineEndings("\n").Trim().Storable(BrandWords.MaxSignature + 1));
        if ((ChangeTeam.NoName(name) ?? BrandWords.WrongSignature(signature)) is { } malformed)
        {
            return malformed;
        }

        if (Names.IsTaken(await BrandNames.Of(db), name, brand.Id))
        {
            return new Refusal(RefusalKind.Conflict, "brand.taken", "Another brand has this name.", "name");
        }

        var team = body.Team is null ? (NamedRef?)null : Names.Find(await Names.OfTeams(db), body.Team, Refusal.Invalid("team.unknown", "No team has this id or name.", "team"));
        var hours = Hours(brand, body);
        if ((team.Refusal ?? hours.Refusal ?? await BrandParts.Check(db, body)) is { } refusal)
        {
            return refusal;
        }

        (brand.Name, brand.Signature, brand.TeamId) = (name.Storable(ChangeTeam.LongestName), signature, body.Team is null ? brand.TeamId : team.Value?.Id);
        (brand.Zone, brand.Hours, brand.Holidays) = (hours.Value?.Zone ?? "", hours.Value?.Hours ?? "", hours.Value?.Holidays ?? "");
        if (brand.Id == 0)
        {
            db.Brands.Add(brand);
        }

        await db.SaveChangesAsync(); // its id, for what belongs to it
        var before = await BrandParts.AddressesOf(db, brand.Id);
        await BrandParts.Set(db, brand.Id, body);
        db.Audit.Add(AuditLine.Of(actor, action, string.Create(CultureInfo.InvariantCulture, $"{brand.Name}: {string.Join(", ", body.Addresses ?? before)}{(brand.Hours.Length > 0 ? $", {brand.Hours} ({brand.Zone})" : "")}").Storable(1_000), time.Now()));
        await db.SaveChangesAsync();
        await CountAgain(db, before.Union(await BrandParts.AddressesOf(db, brand.Id)));
        return null;
    }

    /// <summary>Null for those of the team. A zone without hours means nothing; holidays without them would be lost.</summary>
    private static Result<WorkingHours?> Hours(Brand brand, BrandBody body)
    {
        var (hours, holidays, zone) = ((body.Hours ?? brand.Hours).Trim(), (body.Holidays ?? brand.Holidays).Trim(), body.Zone ?? brand.Zone);
        if (hours.Length == 0)
        {
            return holidays.Length == 0 || body.Holidays is null ? (WorkingHours?)null : Refusal.Invalid("brand.holidays-alone", "Holidays belong to hours: without hours of its own, a brand has those of the team.", "holidays");
        }

        return WorkingHours.Parse(zone.Length > 0 ? zone : WorkingHours.Usual.Zone, hours, holidays).Match<Result<WorkingHours?>>(read => read, refusal => refusal);
    }

    private static async Task CountAgain(HeliotropeDb db, IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            await Recount.BeginAt(db, address);
        }
    }

    private static Refusal Unknown(long id) => new(RefusalKind.NotFound, "brand.missing", $"There is no brand {id}.");

    public static void Map(IEndpointRouteBuilder api)
    {
        var brands = api.MapGroup("/brands").RequireAuthorization(Policies.ApiAdmin);
        brands.MapPost("", async (BrandBody body, ChangeBrand change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addBrand").WithSummary("Add a brand").Answers<IReadOnlyList<BrandDetails>>();
        brands.MapPost("/{id:long}", async (long id, BrandBody body, ChangeBrand change, HttpContext http) => (await change.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeBrand").WithSummary("Change a brand").Answers<IReadOnlyList<BrandDetails>>();
        brands.MapPost("/{id:long}/remove", async (long id, ChangeBrand change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeBrand").WithSummary("Remove a brand").Answers<IReadOnlyList<BrandDetails>>();
    }
}
