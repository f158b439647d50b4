using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>The pages of customers, as they stand and after something was done.</summary>
internal sealed class ProfilePages(Store store, ListCustomers list, GetCustomer get, ChangeCustomer change, AddCustomer add, GetLifeEvent lives, Pages pages)
{
    public async Task<IResult> List(HttpContext http, CustomerQuery query) => (await list.Run(http.Actor(), query)).Match(
        page => Pages.Component<CustomersPage>(new { Viewer = pages.Viewer(http), View = new CustomersView(page, query.Search ?? "", query.Newest, http.Actor().MayWork) }),
        Pages.Refused);

    public async Task<IResult> Show(HttpContext http, long id, FormState? form)
    {
        var actor = http.Actor();
        var found = await get.Run(actor, id);
        if (found.Refusal is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        if (found.Value.Id != id)
        {
            return Results.LocalRedirect($"/customers/{found.Value.Id}", permanent: false);
        }

        var before = long.TryParse(http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var entry) ? entry : (long?)null;
        var view = await store.Read(actor, async db =>
        {
            var said = await Profile.Said(db, id, before);
            return new ProfileView(
                found.Value, await Life.Of(db, id), [.. said.Take(Profile.SaidAtOnce)], said.Count > Profile.SaidAtOnce ? said[Profile.SaidAtOnce - 1].Entry : null,
                await Profile.Promises(db, id), await Profile.Lookalikes(db, id), await Profile.Organisations(db), actor.MayWork, form);
        });
        view = view with { LifeEvents = await lives.Around(actor, id) };
        return Pages.Form<CustomerPage>(new { Viewer = pages.Viewer(http), View = view }, form is not null);
    }

    public async Task<IResult> New(HttpContext http, FormState? form)
    {
        if (!http.Actor().MayWork)
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        var (fields, organisations) = await store.Read(http.Actor(), async db => (await FieldRows.Of(db, FieldTarget.Customer, 0), await Profile.Organisations(db)));
        return Pages.Form<NewCustomerPage>(new { Viewer = pages.Viewer(http), Fields = fields, Organisations = organisations, Form = form ?? FormState.Fresh }, form is not null);
    }

    public async Task<IResult> Add(HttpContext http, IFormCollection form)
    {
        var body = await Read(http.Actor(), form, null, http.RequestAborted);
        return (body.Refusal is { } wrong ? wrong : await add.Run(http.Actor(), body.Value, http.RequestAborted)) is var made && made.Refusal is { } refusal
            ? refusal.Kind is RefusalKind.Forbidden ? Pages.Refused(refusal) : await New(http, Again(refusal, form))
            : Results.LocalRedirect($"/customers/{made.Value.Id}");
    }

    public async Task<IResult> Change(HttpContext http, long id, IFormCollection form)
    {
        var now = await get.Run(http.Actor(), id);
        if (now.Refusal is { } unknown)
        {
            return Pages.Refused(unknown);
        }

        var body = await Read(http.Actor(), form, now.Value, http.RequestAborted);
        var changed = body.Refusal is { } wrong ? wrong : await change.Run(http.Actor(), id, body.Value, http.RequestAborted);
        return changed.Refusal switch
        {
            null => Results.LocalRedirect($"/customers/{changed.Value.Id}"),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
            var refusal => await Show(http, id, Again(refusal, form)),
        };
    }

    /// <summary>What was typed, kept for the next try.</summary>
    private static FormState Again(Refusal refusal, IFormCollection form) =>
        Pages.Again(refusal, [.. form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).Select(f => (f.Key, (string?)f.Value.ToString()))]);

    /// <summary>The form says everything at once; what it shows as it was is left alone, so that a guess stays one.</summary>
    private async Task<Result<CustomerBody>> Read(Actor actor, IFormCollection form, CustomerDetails? now, CancellationToken cancel)
    {
        var organisation = Folded.OneLine(form["organisation"].ToString().Storable(CustomerOrganisation.MaxName + 1));
        var chosen = await Organisation(actor, organisation, now, cancel);
        return chosen.Refusal is { } refusal ? refusal : new CustomerBody(
            form["name"].ToString(),
            form["language"].ToString() == (now?.Language ?? "") ? null : form["language"].ToString(),
            form["zone"].ToString() == (now?.Zone?.Name ?? "") && form["zone-sure"].Count == 0 ? null : form["zone"].ToString(),
            chosen.Value,
            form["notes"].ToString(),
            Lines(form["addresses"].ToString()),
            Lines(form["phones"].ToString()),
            form.Where(f => f.Key.StartsWith("field-", StringComparison.Ordinal)).ToDictionary(f => f.Key["field-".Length..], f => (string?)f.Value.ToString(), StringComparer.Ordinal));
    }

    /// <summary>An organisation by its name; a new name is refused, since it may be a slip.</summary>
    private async Task<Result<long?>> Organisation(Actor actor, string name, CustomerDetails? now, CancellationToken cancel)
    {
        if (name == (now?.Organisation?.Name ?? ""))
        {
            return (long?)null;
        }

        if (name.Length == 0)
        {
            return (long?)0;
        }

        var key = Folded.Of(name);
        return await store.Read(actor, db => db.Organisations.Where(o => o.NameKey == key).Select(o => (long?)o.Id).FirstOrDefaultAsync(cancel)) is { } id
            ? (long?)id
            : new Refusal(RefusalKind.Invalid, "organisation.name-unknown", "There is no organisation with this name. Add it first.", "organisation");
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

}

/// <summary>The list of customers.</summary>
/// <param name="Page">One page of it.</param>
/// <param name="Search">What was looked for; empty for everybody.</param>
/// <param name="Newest">The newest first.</param>
/// <param name="MayWork">Whether the viewer may add somebody.</param>
public sealed record CustomersView(CustomerPageOf Page, string Search, bool Newest, bool MayWork);
