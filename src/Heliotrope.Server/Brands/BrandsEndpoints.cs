using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Brands;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Brands;

/// <summary>Brands as they are set.</summary>
/// <param name="Brands">Every brand.</param>
/// <param name="Teams">The teams that can answer for one.</param>
/// <param name="Addresses">The addresses that customers write to.</param>
/// <param name="Section">The form that could not be taken: a brand's id, or new; null when none.</param>
/// <param name="Refused">What to change in it.</param>
public sealed record BrandsView(IReadOnlyList<BrandDetails> Brands, IReadOnlyList<NamedRef> Teams, IReadOnlyList<string> Addresses, string? Section = null, FormState? Refused = null)
{
    /// <summary>The state of a form.</summary>
    public FormState? Form(string section) => section == Section ? Refused : null;
}

/// <summary>The page on which brands are set.</summary>
internal static class BrandsEndpoints
{
    private const string Path = "/settings/brands";

    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/brands", (Screen screen, HttpContext http) => screen.Show(http, null, null));
        admin.MapPost("/brands", async (HttpContext http, ChangeBrand change, Screen screen) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return await screen.After(http, "new", form, (await change.Add(http.Actor(), Read(form), http.RequestAborted)).Refusal);
        });
        admin.MapPost("/brands/{id:long}", async (long id, HttpContext http, ChangeBrand change, Screen screen) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return await screen.After(http, id.ToString(CultureInfo.InvariantCulture), form, (await change.Run(http.Actor(), id, Read(form), http.RequestAborted)).Refusal);
        });
        admin.MapPost("/brands/{id:long}/remove", async (long id, HttpContext http, ChangeBrand change, Screen screen) =>
            await screen.After(http, "", null, (await change.Remove(http.Actor(), id, http.RequestAborted)).Refusal));
    }

    /// <summary>Everything of it: what has no mark is taken off, and a field that is empty is refused or says nothing, rather than passed over.</summary>
    private static BrandBody Read(IFormCollection form) => new(
        form["name"].ToString(), form["signature"].ToString(), form["team"].ToString(), form["zone"].ToString(), form["hours"].ToString(), form["holidays"].ToString(),
        [.. form["address"].OfType<string>()],
        [.. from kind in Enum.GetValues<TemplateKind>()
            from language in CustomerWords.Languages
            let field = BrandParts.FieldOf(kind, language)
            select new TemplateBody(Codes.Of(kind), language, form[field + "-subject"], form[field])]);

    /// <summary>The page, as it stands and after something was done.</summary>
    internal sealed class Screen(Store store, Pages pages)
    {
        public Task<IResult> After(HttpContext http, string section, IFormCollection? form, Refusal? refusal) => refusal switch
        {
            null => Task.FromResult(Results.LocalRedirect(Path)),
            { Kind: RefusalKind.NotFound } => Task.FromResult(Pages.Refused(refusal)),
            _ => Show(http, section, TeamForms.Again(refusal, form)),
        };

        public async Task<IResult> Show(HttpContext http, string? section, FormState? form)
        {
            var view = await store.Read(async db => new BrandsView(
                await ListBrands.Read(db), await Names.OfTeams(db), await db.OurAddresses.OrderBy(a => a.Address).Select(a => a.Address).ToListAsync(), section, form));
            return Pages.Form<BrandsPage>(new { Viewer = pages.Viewer(http), View = view }, again: form is not null);
        }
    }
}
