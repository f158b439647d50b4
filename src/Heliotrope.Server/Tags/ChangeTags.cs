using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tags;

/// <summary>Which tags to put on a conversation and which to take off it.</summary>
/// <param name="Add">Names of 1 to 40 characters; upper and lower case are alike. A new name makes a new tag.</param>
/// <param name="Remove">Names; those that are not on it are passed over.</param>
public sealed record TagsBody(IReadOnlyList<string?>? Add, IReadOnlyList<string?>? Remove);

/// <summary>Puts tags on a conversation and takes them off.</summary>
internal sealed class ChangeTags(Store store, TimeProvider time)
{
    public const int MostOnOne = 20;

    /// <summary>More than anybody could choose from. They are looked through in memory, where case means nothing in every language.</summary>
    public const int MostInAll = 1_000;

    public Task<Done> Run(Actor actor, long number, TagsBody body, CancellationToken cancel) =>
        store.ChangeUndoably(actor, "tags", number, (db, conversation) => Do(db, conversation, actor, body, time.Now()), cancel);

    /// <summary>The same in a transaction of the caller's.</summary>
    public static async Task<Refusal?> Do(HeliotropeDb db, Conversation conversation, Actor actor, TagsBody body, DateTimeOffset now)
    {
        await db.SaveChangesAsync(); // a conversation that is new here gets its number
        var number = conversation.Number;
        var known = await db.Tags.OrderBy(t => t.Id).Take(MostInAll).ToListAsync();
        var rows = await db.ConversationTags.Where(t => t.ConversationNumber == number).ToListAsync();
        bool IsOn(string name) => Find(known, name) is { } tag && rows.Exists(row => row.TagId == tag.Id);

        var off = (body.Remove ?? []).Select(Plain).Where(IsOn).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var on = (body.Add ?? []).Select(Plain).Where(name => !IsOn(name)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (Refused(on, rows.Count - off.Count, known) is { } refusal)
        {
            return refusal;
        }

        foreach (var tag in off.Select(name => Find(known, name)!))
        {
            db.ConversationTags.Remove(rows.Single(row => row.TagId == tag.Id));
            conversation.NoteTag(actor, tag.Name, on: false, now);
        }

        foreach (var name in on)
        {
            var tag = Find(known, name) ?? db.Tags.Add(new() { Name = name }).Entity;
            await db.SaveChangesAsync(); // the id of a new one
            db.ConversationTags.Add(new() { ConversationNumber = number, TagId = tag.Id });
            conversation.NoteTag(actor, tag.Name, on: true, now);
        }

        return null;
    }

    private static Refusal? Refused(List<string> on, int kept, List<Tag> known) =>
        on.Exists(name => name.Length is 0 or > Tag.LongestName || name.Any(char.IsControl)) ? Refusal.Invalid("tag.malformed", $"A tag has 1 to {Tag.LongestName} characters on one line.", "tag")
        : kept + on.Count > MostOnOne ? Refusal.Invalid("tag.too-many", $"A conversation has at most {MostOnOne} tags.", "tag")
        : known.Count + on.Count(name => Find(known, name) is null) > MostInAll ? Refusal.Invalid("tag.all-taken", $"There are {MostInAll} tags already: choose one of them.", "tag")
        : null;

    private static Tag? Find(List<Tag> known, string name) => known.Find(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Plain(string? name) =>
        string.Join(' ', (name ?? "").Storable(1_000).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/tags",
            async (long number, TagsBody body, ChangeTags change, HttpContext http) => await http.Shown(number, await change.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("changeTags").WithSummary("Put tags on a conversation and take them off").Answers<ConversationDetails>();
}
