using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A conversation for paper: what was said between the customer and us, and among us when somebody asks for it.</summary>
internal sealed class PrintConversation(Store store, GetConversation get, Pages pages)
{
    /// <summary>Nobody prints more; the newest are printed then.</summary>
    private const int Most = 1_000;

    public async Task<IResult> Show(HttpContext http, long number, bool notes)
    {
        var ids = await store.Read(http.Actor(), db => db.Entries
            .Where(e => e.ConversationNumber == number && (e.Kind == EntryKind.Message || (notes && e.Kind == EntryKind.Note)))
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Most + 1).Select(e => e.Id).ToListAsync());
        var found = await get.Run(http.Actor(), number, file => $"/conversations/{number}/attachments/{file.Id}/picture", new([.. ids.Take(Most)]));
        if (found.Refusal is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        var viewer = pages.Viewer(http);
        IReadOnlyList<EntryView> entries = [.. found.Value.Entries.Select(e => EntryViews.Of(e, viewer))];
        return Pages.Component<PrintPage>(new { Viewer = viewer, Details = found.Value, Entries = entries, Notes = notes, Shortened = ids.Count > Most });
    }

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/conversations/{number:long}/print",
        (long number, string? notes, PrintConversation print, HttpContext http) => print.Show(http, number, notes is "yes"));
}
