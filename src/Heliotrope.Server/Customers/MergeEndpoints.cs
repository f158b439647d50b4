using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Undo;

namespace Heliotrope.Server.Customers;

/// <summary>The page that makes two people one, and the forms that do it and its contrary.</summary>
internal static class MergeEndpoints
{
    private const int MostFound = 20;

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/customers/{id:long}/merge", Show);
        desk.MapPost("/customers/{id:long}/merge", async (long id, MergeCustomers merge, HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var into = long.TryParse(form["into"], NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : (long?)null;
            var (done, survivor) = await merge.Merge(http.Actor(), id, into, http.RequestAborted);
            if (done.Refusal is { } refusal)
            {
                return Pages.Refused(refusal);
            }

            http.Tell(done);
            return Results.LocalRedirect($"/customers/{survivor}");
        });
        desk.MapPost("/customers/{id:long}/split", async (long id, SplitCustomer split, HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var (done, _, made) = await split.Split(http.Actor(), id, new([.. form["address"]]), http.RequestAborted);
            if (done.Refusal is { } refusal)
            {
                return Pages.Refused(refusal);
            }

            http.Tell(done);
            return Results.LocalRedirect($"/customers/{made}");
        });
    }

    private static async Task<IResult> Show(long id, long? into, string? q, GetCustomer get, ListCustomers list, MergeCustomers merge, Pages pages, HttpContext http)
    {
        var actor = http.Actor();
        var from = await get.Run(actor, id);
        if ((actor.MayWork ? from.Refusal : Refusal.NotAllowed) is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        CustomerMergePreview? preview = null;
        if (into is { } other)
        {
            var previewed = await merge.Preview(actor, id, other);
            if (previewed.Refusal is { } not)
            {
                return Pages.Refused(not);
            }

            preview = previewed.Value;
        }

        IReadOnlyList<CustomerRow>? found = null;
        if (!string.IsNullOrWhiteSpace(q))
        {
            var sought = await list.Run(actor, new(q, Limit: MostFound));
            found = sought.Match(page => page.Items.Where(row => row.Id != from.Value.Id).ToList(), _ => []);
        }

        return Pages.Component<MergePeoplePage>(new { Viewer = pages.Viewer(http), From = from.Value, Search = q ?? "", Found = found, Preview = preview });
    }
}
