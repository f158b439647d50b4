using System.Text.Json;

namespace Heliotrope.Core.Imports;

/// <summary>
/// Reads the objects of Zendesk's JSON export and of its API: tickets with their comments, users, organizations and groups.
/// Which fields are read stands in docs/guide/moving-in.md.
/// </summary>
public static class ZendeskMap
{
    private static readonly string[] Known = ["tickets", "users", "organizations", "groups"];

    /// <summary>Reads one object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="kind">What the file says that it is, such as users; empty when it doesn't.</param>
    /// <param name="now">Now (UTC).</param>
    /// <returns>What it is, or why it is left out.</returns>
    public static Mapped Read(JsonElement json, string kind, DateTimeOffset now)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            return Mapped.Out("not-an-object", "");
        }

        var (wrapped, item) = json.Unwrapped();
        var id = item.Words("id");
        return (KindOf(item, wrapped, kind), id) switch
        {
            (_, "") => Mapped.Out("no-id", item.Words("subject", "name")),
            ("tickets", _) => Ticket(item, id, now),
            ("users", _) => Mapped.To(Person(item, id, now)), // also those who are gone: their conversations are not
            ("organizations", _) => Mapped.To(new ForeignOrganisation(id, item.Words("name"), item.WordList("domain_names"), item.Words("notes", "details"))),
            ("groups", _) => item.IsTrue("deleted") ? Mapped.Out("deleted", item.Words("name")) : Mapped.To(new ForeignTeam(id, item.Words("name"))),
            _ => Mapped.Out("unknown-kind", id),
        };
    }

    /// <summary>The account that an object comes from, as the host of its address; empty when it has none.</summary>
    /// <param name="json">The object.</param>
    /// <returns>The host.</returns>
    public static string AccountOf(JsonElement json) =>
        Uri.TryCreate(json.Words("url"), UriKind.Absolute, out var uri) ? uri.Host.ToLowerInvariant() : "";

    private static string KindOf(JsonElement item, string wrapped, string kind) =>
        Array.Find(Known, known => item.Words("url").Contains($"/{known}/", StringComparison.Ordinal))
        ?? Array.Find(Known, known => wrapped == known[..^1])
        ?? (item.Part("requester_id") is not null || item.Part("requester") is not null ? "tickets"
            : item.Part("role") is not null ? "users"
            : item.Part("domain_names") is not null ? "organizations"
            : Array.Find(Known, known => known == kind) ?? "");

    private static ForeignPerson Person(JsonElement user, string id, DateTimeOffset now) => new(id, user.Words("name"), user.Words("email"), user.Words("role") is "agent" or "admin")
    {
        Phones = user.Words("phone") is { Length: > 0 } phone ? [phone] : [],
        OrganisationId = user.Words("organization_id"),
        Language = user.Words("locale"),
        Zone = user.Words("iana_time_zone", "time_zone"),
        Notes = Joined(user.Words("details"), user.Words("notes")),
        Since = ForeignDate.Read(user.Words("created_at"), now),
    };

    private static Mapped Ticket(JsonElement ticket, string id, DateTimeOffset now)
    {
        var status = ticket.Words("status");
        if (status == "deleted")
        {
            return Mapped.Out("deleted", id);
        }

        var along = new List<ForeignThing>();
        var requester = Along(ticket, "requester", along, now);
        var assignee = Along(ticket, "assignee", along, now);
        Along(ticket, "submitter", along, now);
        if (ticket.Part("group") is { ValueKind: JsonValueKind.Object } group && group.Words("id") is { Length: > 0 } team)
        {
            along.Add(new ForeignTeam(team, group.Words("name")));
        }

        var remarks = new List<string>();
        var created = ForeignDate.Read(ticket.Words("created_at"), now);
        var messages = Comments(ticket, requester, created, along, remarks, now);
        if (messages.Count == 0)
        {
            return Mapped.Out(created is null ? "no-date" : "no-words", id);
        }

        var standing = StandingOf(status);
        if (standing is Standing.AsItsMessages)
        {
            remarks.Add("state-unknown");
        }

        var conversation = new ForeignConversation(id, ticket.Words("raw_subject", "subject"), requester, created ?? messages.Min(m => m.At), messages)
        {
            Standing = standing,
            ResolvedAt = ForeignDate.Read(ticket.Words("solved_at") is { Length: > 0 } solved ? solved : ticket.Part("metric_set")?.Words("solved_at"), now),
            AssigneeId = assignee,
            TeamId = ticket.Part("group")?.Words("id") is { Length: > 0 } named ? named : ticket.Words("group_id"),
            Type = ticket.Words("type"),
            Tags = ticket.WordList("tags"),
            Along = along,
        };
        return requester.Length == 0 ? Mapped.Out("no-customer", id) : Mapped.To(conversation, remarks);
    }

    private static Standing StandingOf(string status) => status switch
    {
        "new" or "open" or "hold" => Standing.Open, // on hold something is still ours to do
        "pending" => Standing.Waiting,
        "solved" or "closed" or "archived" => Standing.Resolved,
        _ => Standing.AsItsMessages,
    };

    private static List<ForeignMessage> Comments(JsonElement ticket, string requester, DateTimeOffset? created, List<ForeignThing> along, List<string> remarks, DateTimeOffset now)
    {
        var messages = new List<ForeignMessage>();
        foreach (var comment in ticket.List("comments"))
        {
            if (Comment(comment, messages.Count, created, along, remarks, now) is { } message)
            {
                messages.Add(message);
            }
        }

        if (messages.Count == 0 && created is { } at && ticket.Words("description") is { Length: > 0 } description)
        {
            messages.Add(new("description", Voice.AsItsAuthor, ticket.Words("submitter_id") is { Length: > 0 } submitter ? submitter : requester, "", description, "", at, []));
        }

        return messages;
    }

    private static ForeignMessage? Comment(JsonElement comment, int index, DateTimeOffset? created, List<ForeignThing> along, List<string> remarks, DateTimeOffset now)
    {
        var at = ForeignDate.Read(comment.Words("created_at"), now);
        if (at is null)
        {
            remarks.Add("date-odd");
        }

        var files = comment.List("attachments").Select(file => new ForeignFile(file.Words("file_name", "filename"), file.Words("content_url", "url"))).Where(file => file.Address.Length > 0).ToList();
        var (text, html) = (comment.Words("plain_body", "body"), comment.Words("html_body"));
        if ((at ?? created) is not { } when || (text.Length == 0 && html.Length == 0 && files.Count == 0))
        {
            return null;
        }

        var author = Along(comment, "author", along, now);
        var id = comment.Words("id") is { Length: > 0 } named ? named : $"{index}";
        return new(id, comment.IsFalse("public") ? Voice.Note : Voice.AsItsAuthor, author, comment.Part("author")?.Words("name") ?? "", text, html, when, files);
    }

    /// <summary>The id of somebody who is named by it, or stands there whole and then comes along.</summary>
    private static string Along(JsonElement item, string name, List<ForeignThing> along, DateTimeOffset now)
    {
        if (item.Part(name) is { ValueKind: JsonValueKind.Object } person && person.Words("id") is { Length: > 0 } id)
        {
            if (person.Words("name", "email").Length > 0 && !along.Exists(thing => thing is ForeignPerson && thing.Id == id))
            {
                // Where no role is said, whoever asked is the customer and whoever answered is not.
                along.Add(Person(person, id, now) with { Staff = person.Words("role") is { Length: > 0 } role ? role is "agent" or "admin" : name is "assignee" });
            }

            return id;
        }

        return item.Words(name + "_id");
    }

    private static string Joined(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : $"{first}\n{second}";
}
