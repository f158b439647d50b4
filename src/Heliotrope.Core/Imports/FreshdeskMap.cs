using System.Text.Json;

namespace Heliotrope.Core.Imports;

/// <summary>
/// Reads the objects of Freshdesk's JSON export and of its API: tickets with their notes, users, contacts, agents, companies and groups.
/// Which fields are read stands in docs/guide/moving-in.md.
/// </summary>
public static class FreshdeskMap
{
    /// <summary>Notes that Freshdesk itself wrote: a change of state, a mark.</summary>
    private static readonly string[] ByMachine = ["3", "4"];

    /// <summary>Reads one object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="kind">What the file's name says that it is, such as users; empty when it doesn't.</param>
    /// <param name="now">Now (UTC).</param>
    /// <returns>What it is, or why it is left out.</returns>
    public static Mapped Read(JsonElement json, string kind, DateTimeOffset now)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            return Mapped.Out("not-an-object", "");
        }

        var (wrapped, item) = json.Unwrapped();
        var id = item.Words("id", "user_id");
        return (KindOf(wrapped.Length > 0 ? wrapped : kind, item), id) switch
        {
            (_, "") => Mapped.Out("no-id", item.Words("subject", "name")),
            (Kind.Ticket, _) => Ticket(item, id, now),
            (Kind.Agent, _) => Mapped.To(Agent(item, id)),
            (Kind.Person, _) => Mapped.To(Person(item, id, now)), // also those who are gone: their conversations are not
            (Kind.Company, _) => Mapped.To(new ForeignOrganisation(id, item.Words("name"), item.WordList("domains"), item.Words("note", "description"))),
            (Kind.Group, _) => Mapped.To(new ForeignTeam(id, item.Words("name"))),
            _ => Mapped.Out("unknown-kind", id),
        };
    }

    private enum Kind
    {
        None,
        Ticket,
        Agent,
        Person,
        Company,
        Group,
    }

    private static Kind KindOf(string name, JsonElement item) => name.ToLowerInvariant() switch
    {
        "helpdesk_ticket" or "ticket" or "tickets" or "archive_ticket" or "archived_tickets" => Kind.Ticket,
        "agent" or "agents" => Kind.Agent,
        "user" or "users" or "contact" or "contacts" => Kind.Person,
        "customer" or "customers" or "company" or "companies" => Kind.Company,
        "group" or "groups" => Kind.Group,
        _ => item.Part("requester_id") is not null ? Kind.Ticket : Kind.None,
    };

    private static ForeignPerson Agent(JsonElement agent, string id)
    {
        var user = agent.Part("user") ?? agent.Part("contact") ?? agent; // who they are lies within
        return new(user.Words("id") is { Length: > 0 } within ? within : id, user.Words("name"), user.Words("email"), Staff: true);
    }

    private static ForeignPerson Person(JsonElement user, string id, DateTimeOffset now) => new(id, user.Words("name"), user.Words("email"), user.IsTrue("helpdesk_agent"))
    {
        MoreEmails = [.. user.WordList("other_emails"), .. user.WordList("second_email")],
        Phones = [.. new[] { user.Words("phone"), user.Words("mobile") }.Where(number => number.Length > 0)],
        OrganisationId = user.Words("company_id", "customer_id"),
        Language = user.Words("language"),
        Zone = user.Words("time_zone"),
        Notes = user.Words("description"),
        Since = ForeignDate.Read(user.Words("created_at"), now),
    };

    private static Mapped Ticket(JsonElement ticket, string id, DateTimeOffset now)
    {
        if (ticket.IsTrue("deleted") || ticket.IsTrue("spam"))
        {
            return Mapped.Out(ticket.IsTrue("spam") ? "spam" : "deleted", id);
        }

        var requester = ticket.Words("requester_id");
        if (requester.Length == 0)
        {
            return Mapped.Out("no-customer", id);
        }

        if (ForeignDate.Read(ticket.Words("created_at"), now) is not { } created)
        {
            return Mapped.Out("no-date", id);
        }

        var remarks = new List<string>();
        var messages = Messages(ticket, requester, created, remarks, now);
        if (messages.Count == 0)
        {
            return Mapped.Out("no-words", id);
        }

        var standing = StandingOf(ticket.Words("status"), ticket.Words("status_name"));
        if (standing is Standing.AsItsMessages)
        {
            remarks.Add("state-unknown");
        }

        var states = ticket.Part("ticket_states") ?? ticket.Part("stats") ?? ticket;
        return Mapped.To(
            new ForeignConversation(id, ticket.Words("subject"), requester, created, messages)
            {
                Number = ticket.Words("display_id") is { Length: > 0 } number ? number : id,
                Standing = standing,
                ResolvedAt = ForeignDate.Read(states.Words("resolved_at", "closed_at"), now),
                AssigneeId = ticket.Words("responder_id"),
                TeamId = ticket.Words("group_id"),
                Type = ticket.Words("ticket_type", "type"),
                Tags = ticket.WordList("tags"),
                Along = Along(ticket, requester),
            },
            remarks);
    }

    private static List<ForeignMessage> Messages(JsonElement ticket, string requester, DateTimeOffset created, List<string> remarks, DateTimeOffset now)
    {
        var messages = new List<ForeignMessage>();
        var (text, html, files) = (ticket.Words("description_text", "description"), ticket.Words("description_html"), Files(ticket));
        if (text.Length == 0 && html.Length == 0 && files.Count == 0)
        {
            // What was asked elsewhere has no words of its own.
        }
        else if (ticket.Part("description_text") is not null && html.Length == 0)
        {
            // In the API "description" is the HTML of "description_text".
            messages.Add(new("description", Voice.Theirs, requester, "", ticket.Words("description_text"), ticket.Words("description"), created, files));
        }
        else
        {
            messages.Add(new("description", Voice.Theirs, requester, "", text, html, created, files));
        }

        var notes = ticket.List("helpdesk_notes").Concat(ticket.List("notes")).Concat(ticket.List("conversations")).Select(note => note.ValueKind is JsonValueKind.Object ? note.Unwrapped().Object : note);
        foreach (var note in notes)
        {
            if (Note(note, messages.Count, created, remarks, now) is { } message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private static ForeignMessage? Note(JsonElement note, int index, DateTimeOffset created, List<string> remarks, DateTimeOffset now)
    {
        if (note.IsTrue("deleted") || ByMachine.Contains(note.Words("source")))
        {
            return null;
        }

        var isApi = note.Part("body_text") is not null;
        var (text, html, files) = (note.Words("body_text", "body"), isApi ? note.Words("body") : note.Words("body_html"), Files(note));
        if (text.Length == 0 && html.Length == 0 && files.Count == 0)
        {
            return null;
        }

        var at = ForeignDate.Read(note.Words("created_at"), now);
        if (at is null)
        {
            remarks.Add("date-odd");
        }

        var voice = note.IsTrue("private") ? Voice.Note : note.IsTrue("incoming") ? Voice.Theirs : Voice.Ours;
        return new(note.Words("id") is { Length: > 0 } id ? id : $"{index}", voice, note.Words("user_id"), "", text, html, at ?? created, files);
    }

    private static List<ForeignFile> Files(JsonElement item) =>
        [.. item.List("attachments")
            .Select(file => file.ValueKind is JsonValueKind.Object ? file.Unwrapped().Object : file)
            .Select(file => new ForeignFile(file.Words("content_file_name", "name"), file.Words("attachment_url", "url")))
            .Where(file => file.Address.Length > 0)];

    /// <summary>A ticket names who asked and who answers; without a list of users that is all that is known of them.</summary>
    private static List<ForeignThing> Along(JsonElement ticket, string requester)
    {
        var along = new List<ForeignThing>();
        var nested = ticket.Part("requester");
        var (name, email) = (nested?.Words("name") is { Length: > 0 } within ? within : ticket.Words("requester_name"), nested?.Words("email") is { Length: > 0 } address ? address : ticket.Words("email", "requester_email"));
        if (name.Length > 0 || email.Length > 0)
        {
            along.Add(new ForeignPerson(requester, name, email, Staff: false));
        }

        if (ticket.Words("responder_id") is { Length: > 0 } responder && ticket.Words("responder_name") is { Length: > 0 } agent and not "No Agent")
        {
            along.Add(new ForeignPerson(responder, agent, "", Staff: true));
        }

        return along;
    }

    private static Standing StandingOf(string status, string name) => status switch
    {
        "2" => Standing.Open,
        "3" or "6" => Standing.Waiting,
        "4" or "5" => Standing.Resolved,
        "7" => Standing.Open, // waits for a third party, which is ours to see to
        _ => name.ToLowerInvariant() switch
        {
            "open" => Standing.Open,
            "pending" or "waiting on customer" => Standing.Waiting,
            "resolved" or "closed" => Standing.Resolved,
            _ => Standing.AsItsMessages,
        },
    };
}
