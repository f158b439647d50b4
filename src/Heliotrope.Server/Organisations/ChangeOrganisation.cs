using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Organisations;

/// <summary>An organisation. What is null stays as it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Domains">Whoever writes from one of these belongs to it; public providers of mail are refused.</param>
/// <param name="Notes">What colleagues should know.</param>
/// <param name="Fields">Values of its own fields, by their names.</param>
public sealed record OrganisationBody(string? Name, IReadOnlyList<string?>? Domains, string? Notes, IReadOnlyDictionary<string, string?>? Fields);

/// <summary>Makes, changes and removes organisations. Its domains are those of people whom the actor may not see, too.</summary>
internal sealed class ChangeOrganisation(Store store, TimeProvider time)
{
    public Task<Result<OrganisationDetails>> Add(Actor actor, OrganisationBody body, CancellationToken cancel) => Change(
        actor,
        body,
        db =>
        {
            var made = CustomerOrganisation.Named(Text(body.Name, CustomerOrganisation.MaxName), time.Now());
            if (made.Refusal is null)
            {
                db.Organisations.Add(made.Value);
                db.Audit.Add(AuditLine.Of(actor, "organisation.added", made.Value.Name, time.Now()));
            }

            return Task.FromResult(made);
        },
        cancel);

    public Task<Result<OrganisationDetails>> Run(Actor actor, long id, OrganisationBody body, CancellationToken cancel) => Change(
        actor,
        body,
        async db =>
        {
            if (await db.Organisations.Include(o => o.Domains).FirstOrDefaultAsync(o => o.Id == id, cancel) is not { } organisation)
            {
                return ListOrganisations.Unknown(id);
            }

            return body.Name is { } name && organisation.Rename(Text(name, CustomerOrganisation.MaxName)) is { } refusal ? refusal : organisation;
        },
        cancel);

    /// <summary>Its people stay, and belong to none.</summary>
    public async Task<Result<long>> Remove(Actor actor, long id, CancellationToken cancel) =>
        !actor.MayWork ? Refusal.NotAllowed
        : await store.Write<Result<long>>(
            async db =>
            {
                if (await db.Organisations.FindAsync([id], cancel) is not { } organisation)
                {
                    return ListOrganisations.Unknown(id);
                }

                // Whoever belonged here because somebody said so may belong by a domain again.
                await db.Customers.Where(c => c.OrganisationId == id).ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.OrganisationId, (long?)null).SetProperty(c => c.OrganisationSet, false).SetProperty(c => c.Version, c => c.Version + 1), cancel);
                db.Organisations.Remove(organisation);
                db.Audit.Add(AuditLine.Of(actor, "organisation.removed", organisation.Name, time.Now()));
                return id;
            },
            cancel);

    private async Task<Result<OrganisationDetails>> Change(Actor actor, OrganisationBody body, Func<HeliotropeDb, Task<Result<CustomerOrganisation>>> begin, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<OrganisationDetails>>(
            async db =>
            {
                var begun = await begin(db);
                if (begun.Refusal is { } refused)
                {
                    return refused;
                }

                var organisation = begun.Value;
                if ((await Fill(db, organisation, body)) is { } refusal)
                {
                    return refusal;
                }

                await db.SaveChangesAsync(cancel);
                if (body.Domains is not null)
                {
                    await OrganisationOf.Gather(db, organisation);
                }

                return await FieldRows.Set(db, FieldTarget.Organisation, organisation.Id, body.Fields) is { } wrong ? wrong : await Saved(db, organisation.Id, cancel);
            },
            cancel);
    }

    private static async Task<Result<OrganisationDetails>> Saved(HeliotropeDb db, long id, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        return (await ListOrganisations.Read(db, id))!;
    }

    private static async Task<Refusal?> Fill(HeliotropeDb db, CustomerOrganisation organisation, OrganisationBody body)
    {
        if (await db.Organisations.AnyAsync(o => o.NameKey == organisation.NameKey && o.Id != organisation.Id))
        {
            return new(RefusalKind.Conflict, "organisation.taken", "There is an organisation with this name already.", "name");
        }

        if (body.Domains is { } domains)
        {
            if (organisation.Have([.. domains.Take(CustomerOrganisation.MaxDomains + 1).Select(d => Text(d, 255))]) is { } refusal)
            {
                return refusal;
            }

            var mine = organisation.Domains.Select(d => d.Domain).ToList();
            if (await db.OrganisationDomains.Where(d => mine.Contains(d.Domain) && d.OrganisationId != organisation.Id).Select(d => d.Domain).FirstOrDefaultAsync() is { } taken)
            {
                return new(RefusalKind.Conflict, "organisation.domain-taken", "Another organisation has this domain.", "domains", taken);
            }
        }

        return body.Notes is { } notes ? organisation.Note(Text(notes, Customer.MaxNotes)) : null;
    }

    private static string Text(string? text, int most) => (text ?? "").Storable(most + 1);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/organisations", async (OrganisationBody body, ChangeOrganisation change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addOrganisation").WithSummary("Add an organisation").Answers<OrganisationDetails>();
        api.MapPut("/organisations/{id:long}", async (long id, OrganisationBody body, ChangeOrganisation change, HttpContext http) => (await change.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeOrganisation").WithSummary("Change an organisation; what is left out stays").Answers<OrganisationDetails>();
        api.MapDelete("/organisations/{id:long}", async (long id, ChangeOrganisation change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeOrganisation").WithSummary("Remove an organisation; its people stay").Answers<long>();
    }
}
