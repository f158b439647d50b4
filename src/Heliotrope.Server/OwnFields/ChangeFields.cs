using Heliotrope.Core;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.OwnFields;

/// <summary>A field to be made or changed.</summary>
/// <param name="Target">customer, organisation or conversation; cannot be changed.</param>
/// <param name="Kind">text, number, date, choice or link; cannot be changed.</param>
/// <param name="Name">What it is called: 1 to 60 characters.</param>
/// <param name="Choices">The words of a choice.</param>
public sealed record FieldBody(FieldTarget? Target, FieldKind? Kind, string? Name, IReadOnlyList<string?>? Choices);

/// <summary>A field of this desk's own.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Target">What it is about.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Choices">The words of a choice.</param>
public sealed record OwnFieldDetails(long Id, FieldTarget Target, FieldKind Kind, string Name, IReadOnlyList<string> Choices);

/// <summary>Makes, changes and removes the fields of this desk's own. Everybody at the desk may read what there is.</summary>
internal sealed class ChangeFields(Store store, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<OwnFieldDetails>>> List(Actor actor) =>
        actor.MayRead ? await store.Read(actor, Read) : Refusal.NotAllowed;

    public Task<Result<IReadOnlyList<OwnFieldDetails>>> Add(Actor actor, FieldBody body, CancellationToken cancel) => Change(
        actor,
        async db =>
        {
            if (body.Target is not { } target || body.Kind is not { } kind)
            {
                return Refusal.Invalid("field.kind", "Say what the field is about (customer, organisation, conversation) and what it holds (text, number, date, choice, link).", "kind");
            }

            var made = OwnField.Of(target, kind, Name(body), Choices(body));
            if ((made.Refusal ?? await Taken(db, target, Name(body), null)) is { } refusal)
            {
                return refusal;
            }

            if (await db.OwnFields.CountAsync(f => f.Target == target, cancel) >= OwnField.Most)
            {
                return new(RefusalKind.Conflict, "field.too-many", $"There are {OwnField.Most} fields already.", "name");
            }

            db.OwnFields.Add(made.Value);
            db.Audit.Add(AuditLine.Of(actor, "field.added", made.Value.Name, time.Now()));
            return null;
        },
        cancel);

    public Task<Result<IReadOnlyList<OwnFieldDetails>>> Rename(Actor actor, long id, FieldBody body, CancellationToken cancel) => Change(
        actor,
        async db =>
        {
            if (await db.OwnFields.FindAsync([id], cancel) is not { } field)
            {
                return Unknown(id);
            }

            var refusal = await Taken(db, field.Target, Name(body), id) ?? field.Change(Name(body), Choices(body));
            db.Audit.Add(AuditLine.Of(actor, "field.changed", field.Name, time.Now()));
            return refusal;
        },
        cancel);

    /// <summary>With a field go all its values.</summary>
    public Task<Result<IReadOnlyList<OwnFieldDetails>>> Remove(Actor actor, long id, CancellationToken cancel) => Change(
        actor,
        async db =>
        {
            if (await db.OwnFields.FindAsync([id], cancel) is not { } field)
            {
                return Unknown(id);
            }

            db.OwnFields.Remove(field);
            db.Audit.Add(AuditLine.Of(actor, "field.removed", field.Name, time.Now()));
            return null;
        },
        cancel);

    private async Task<Result<IReadOnlyList<OwnFieldDetails>>> Change(Actor actor, Func<HeliotropeDb, Task<Refusal?>> change, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<IReadOnlyList<OwnFieldDetails>>>(
            actor,
            async db =>
            {
                if (await change(db) is { } refusal)
                {
                    return refusal;
                }

                await db.SaveChangesAsync(cancel);
                return await Read(db);
            },
            cancel);
    }

    private static async Task<Refusal?> Taken(HeliotropeDb db, FieldTarget target, string name, long? own)
    {
        var names = await db.OwnFields.Where(f => f.Target == target && f.Id != own).Select(f => f.Name).ToListAsync();
        return names.Exists(n => n.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ? new(RefusalKind.Conflict, "field.taken", "There is a field with this name already.", "name")
            : null;
    }

    private static Refusal Unknown(long id) => new(RefusalKind.NotFound, "field.missing", $"There is no field {id}.");

    private static string Name(FieldBody body) => (body.Name ?? "").Storable(OwnField.MaxName + 1);

    private static List<string> Choices(FieldBody body) => [.. (body.Choices ?? []).Take(OwnField.MaxChoices + 1).Select(c => (c ?? "").Storable(OwnField.MaxName + 1))];

    private static async Task<Result<IReadOnlyList<OwnFieldDetails>>> Read(HeliotropeDb db) =>
        (await db.OwnFields.AsNoTracking().OrderBy(f => f.Target).ThenBy(f => f.Id).Take(3 * OwnField.Most).ToListAsync()).ConvertAll(f => new OwnFieldDetails(f.Id, f.Target, f.Kind, f.Name, f.Words));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/fields", async (ChangeFields change, HttpContext http) => (await change.List(http.Actor())).ToApi())
            .WithName("listFields").WithSummary("List the fields of this desk's own").Answers<IReadOnlyList<OwnFieldDetails>>();
        var fields = api.MapGroup("/fields").RequireAuthorization(Policies.ApiAdmin);
        fields.MapPost("", async (FieldBody body, ChangeFields change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addField").WithSummary("Make a field for customers, organisations or conversations").Answers<IReadOnlyList<OwnFieldDetails>>();
        fields.MapPut("/{id:long}", async (long id, FieldBody body, ChangeFields change, HttpContext http) => (await change.Rename(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeField").WithSummary("Change the name or the choices of a field").Answers<IReadOnlyList<OwnFieldDetails>>();
        fields.MapDelete("/{id:long}", async (long id, ChangeFields change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeField").WithSummary("Remove a field and all its values").Answers<IReadOnlyList<OwnFieldDetails>>();
    }
}
