using System.Text;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Quarantine;

/// <summary>The pages of the quarantine.</summary>
internal static class QuarantineEndpoints
{
    /// <summary>More would only make the page slow; the download has all of it.</summary>
    private const int MostShown = 100_000;

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/quarantine", async (long? after, ListQuarantine list, Pages pages, HttpContext http) =>
            (await list.Run(http.Actor(), after)).Match(
                page => Pages.Component<QuarantinePage>(new
                {
                    Viewer = pages.Viewer(http),
                    View = new QuarantineView([.. page.Items.Select(RowOf)], page.Next is { } next ? $"/quarantine?after={next}" : null),
                }),
                Pages.Refused));
        desk.MapGet("/quarantine/{id:long}", async (long id, ListQuarantine list, Pages pages, HttpContext http) =>
            (await list.Open(http.Actor(), id, http.RequestAborted)).Match(
                found => Pages.Component<QuarantineMessage>(new { Viewer = pages.Viewer(http), View = ViewOf(found.Item, found.Raw) }),
                Pages.Refused));
        desk.MapGet("/quarantine/{id:long}/raw", async (long id, ListQuarantine list, HttpContext http) =>
            (await list.Open(http.Actor(), id, http.RequestAborted)).Match(found => TypedResults.File(found.Raw, "application/octet-stream", $"{id}.eml"), Pages.Refused));
    }

    private static QuarantineMessageView ViewOf(QuarantineItem item, byte[] raw) =>
        new(RowOf(item), Encoding.UTF8.GetString(raw.AsSpan(0, Math.Min(raw.Length, MostShown))), raw.Length > MostShown);

    private static QuarantineRow RowOf(QuarantineItem q) => new(
        q.Id, q.ReceivedAt, q.Source, q.From.Length > 0 ? q.From : null, q.Subject.Length > 0 ? q.Subject : null, Words.T("quarantine.reason." + q.Reason), q.Size);
}
