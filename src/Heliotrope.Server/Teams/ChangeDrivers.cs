using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Teams;

/// <summary>A reason why customers have to contact us.</summary>
/// <param name="Name">1 to 100 characters.</param>
public sealed record DriverBody(string? Name);

/// <summary>Lists, adds, renames and removes drivers: the reasons why customers have to contact us (docs/method.md, D1).</summary>
internal sealed class ChangeDrivers(Store store, RecountBell bell, FigureBell figures, TimeProvider time)
{
    /// <summary>More than anybody could choose from.</summary>
    public const int Most = 200;

    public async Task<Result<IReadOnlyList<NamedRef>>> List(Actor actor) => actor.MayRead ? await store.Read(Names.OfDrivers) : Refusal.NotAllowed;

    public Task<Result<IReadOnlyList<NamedRef>>> Add(Actor actor, DriverBody body, CancellationToken cancel) => Write(
        actor,
        async db =>
        {
            if (await Named(db, body.Name, 0) is { } refusal)
            {
                return refusal;
            }

            if (await db.Drivers.CountAsync(cancel) >= Most)
            {
                return new Refusal(RefusalKind.Conflict, "driver.too-many", $"There are {Most} drivers already.", "name");
            }

            db.Drivers.Add(new() { Name = Plain(body.Name) });
            db.Audit.Add(AuditLine.Of(actor, "driver.added", Plain(body.Name), time.Now()));
            return null;
        },
        cancel);

    public Task<Result<IReadOnlyList<NamedRef>>> Rename(Actor actor, long id, DriverBody body, CancellationToken cancel) => Write(
        actor,
        async db =>
        {
            if (await db.Drivers.FindAsync(id) is not { } driver)
            {
                return Missing(id);
            }

            if (await Named(db, body.Name, id) is { } refusal)
            {
                return refusal;
            }

            db.Audit.Add(AuditLine.Of(actor, "driver.renamed", $"{driver.Name}: {Plain(body.Name)}", time.Now()));
            driver.Name = Plain(body.Name);
            return null;
        },
        cancel);

    public Task<Result<IReadOnlyList<NamedRef>>> Remove(Actor actor, long id, CancellationToken cancel) => Write(
        actor,
        async db =>
        {
            if (await db.Drivers.FindAsync(id) is not { } driver)
            {
                return Missing(id);
            }

            var teams = await db.DriverTargets.AsNoTracking().Where(t => t.DriverId == id).Select(t => t.TeamId).ToListAsync(cancel);
            await CountAgain.OfDriver(db, id, cancel);
            db.Drivers.Remove(driver);
            db.Audit.Add(AuditLine.Of(actor, "driver.removed", driver.Name, time.Now()));
            await db.SaveChangesAsync(cancel);
            foreach (var team in teams)
            {
                await Recount.Begin(db, team);
            }

            return null;
        },
        cancel);

    private async Task<Result<IReadOnlyList<NamedRef>>> Write(Actor actor, Func<HeliotropeDb, Task<Refusal?>> change, CancellationToken cancel)
    {
        var result = await store.Administer(actor, change, Read, cancel);
        bell.Ring();
        figures.Ring();
        return result;
    }

    private static async Task<Refusal?> Named(HeliotropeDb db, string? text, long id)
    {
        var name = Plain(text);
        return ChangeTeam.NoName(name) is { } malformed ? malformed
            : Names.IsTaken(await Names.OfDrivers(db), name, id) ? new Refusal(RefusalKind.Conflict, "driver.taken", "Another driver has this name.", "name")
            : null;
    }

    private static string Plain(string? name) => (name ?? "").Trim().Storable(10_000);

    private static Refusal Missing(long id) => new(RefusalKind.NotFound, "driver.missing", $"There is no driver {id}.");

    private static async Task<IReadOnlyList<NamedRef>> Read(HeliotropeDb db) => await Names.OfDrivers(db);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/drivers", async (ChangeDrivers change, HttpContext http) => (await change.List(http.Actor())).ToApi())
            .WithName("listDrivers").WithSummary("List why customers have to contact us").Answers<IReadOnlyList<NamedRef>>();
        var drivers = api.MapGroup("/drivers").RequireAuthorization(Policies.ApiAdmin);
        drivers.MapPost("", async (DriverBody body, ChangeDrivers change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addDriver").WithSummary("Add a driver").Answers<IReadOnlyList<NamedRef>>();
        drivers.MapPost("/{id:long}", async (long id, DriverBody body, ChangeDrivers change, HttpContext http) => (await change.Rename(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("renameDriver").WithSummary("Rename a driver").Answers<IReadOnlyList<NamedRef>>();
        drivers.MapPost("/{id:long}/remove", async (long id, ChangeDrivers change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeDriver").WithSummary("Remove a driver").Answers<IReadOnlyList<NamedRef>>();
    }
}
