using Heliotrope.Core;
using Heliotrope.Core.Brands;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Brands;

/// <summary>A brand's own words in a mail that is written by itself.</summary>
/// <param name="Kind">confidence: the two questions after a resolving answer. rule: what stands below a mail that a rule wrote.</param>
/// <param name="Language">A two-letter code; the customers who speak it are written to with these words.</param>
/// <param name="Subject">The subject, with fields such as <c>{{conversation.subject}}</c>; empty for the usual one. Of a rule's mail there is none.</param>
/// <param name="Text">In Markdown, with fields; <c>{{link}}</c> must be among them. Empty for the usual words.</param>
public sealed record TemplateDetails(TemplateKind Kind, string Language, string Subject, string Text);

/// <summary>A face that the organisation shows to whoever writes to some of its addresses.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">Who customers are told that we are.</param>
/// <param name="Signature">What stands below what colleagues write, in Markdown with the fields agent.name, agent.first_name and desk.name; empty for nothing.</param>
/// <param name="Team">The team that answers at its addresses, where an address names none itself; null for none.</param>
/// <param name="Zone">A zone of the IANA database; empty where the brand has no hours of its own.</param>
/// <param name="Hours">The hours of the week, such as <c>Mon-Fri 09:00-17:00</c>; empty for those of the team.</param>
/// <param name="Holidays">One a line; empty when there are none.</param>
/// <param name="Addresses">The addresses of ours whose face it is.</param>
/// <param name="Templates">Its own words in mails that are written by themselves.</param>
public sealed record BrandDetails(
    long Id, string Name, string Signature, NamedRef? Team, string Zone, string Hours, string Holidays, IReadOnlyList<string> Addresses, IReadOnlyList<TemplateDetails> Templates);

/// <summary>Lists brands, with everything that is set for them.</summary>
internal sealed class ListBrands(Store store)
{
    /// <summary>More faces than one organisation shows.</summary>
    public const int Most = 100;

    public async Task<Result<IReadOnlyList<BrandDetails>>> Run(Actor actor) => actor.MayRead ? Listed(await store.Read(Read)) : Refusal.NotAllowed;

    public static async Task<List<BrandDetails>> Read(HeliotropeDb db)
    {
        var brands = await db.Brands.AsNoTracking().OrderBy(b => b.Name).Take(Most)
            .Select(b => new { Brand = b, Team = db.Teams.Where(t => t.Id == b.TeamId).Select(t => new NamedRef(t.Id, t.Name)).FirstOrDefault() }).ToListAsync();
        var addresses = (await db.OurAddresses.AsNoTracking().Where(a => a.BrandId != null).OrderBy(a => a.Address).ToListAsync()).ToLookup(a => a.BrandId!.Value, a => a.Address);
        var templates = (await db.BrandTemplates.AsNoTracking().ToListAsync()).OrderBy(t => t.Kind).ThenBy(t => t.Language, StringComparer.Ordinal)
            .ToLookup(t => t.BrandId, t => new TemplateDetails(t.Kind, t.Language, t.Subject, t.Text));
        return brands.ConvertAll(b => new BrandDetails(
            b.Brand.Id, b.Brand.Name, b.Brand.Signature, b.Team, b.Brand.Zone, b.Brand.Hours, b.Brand.Holidays, [.. addresses[b.Brand.Id]], [.. templates[b.Brand.Id]]));
    }

    private static Result<IReadOnlyList<BrandDetails>> Listed(List<BrandDetails> brands) => brands;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/brands", async (ListBrands list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
        .WithName("listBrands").WithSummary("List brands").Answers<IReadOnlyList<BrandDetails>>();
}
