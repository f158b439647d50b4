using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heliotrope.Server.Tests.Imports;

/// <summary>Small exports as other desks write them. Everybody in them is invented.</summary>
internal static class Exports
{
    /// <summary>Two tickets of Zendesk, one object a line: one resolved with an answer, a note and a file; one that waits.</summary>
    public static string ZendeskTickets(DateTimeOffset now) => string.Join('\n', new object[]
    {
        new
        {
            url = "https://acme.zendesk.com/api/v2/tickets/101.json", id = 101, subject = "The grinder does not start", status = "closed", requester_id = 7001, assignee_id = 8001, group_id = 9001, type = "question",
            tags = new[] { "grinder", "repair" }, created_at = "2025-03-03T09:00:00Z", updated_at = "2025-04-01T00:00:00Z",
            comments = new object[]
            {
                new { id = 1, author_id = 7001, body = "Hello, the grinder does not start. What can I do?", @public = true, created_at = "2025-03-03T09:00:00Z", attachments = new[] { new { file_name = "grinder.jpg", content_url = "https://acme.zendesk.com/attachments/token/x/?name=grinder.jpg", size = 1200 } } },
                new { id = 2, author_id = 8001, body = "Check the fuse first.", html_body = "<p>Check the <b>fuse</b> first.</p>", @public = true, created_at = "2025-03-03T10:00:00Z", attachments = Array.Empty<object>() },
                new { id = 3, author_id = 8002, body = "Known fault of this series.", @public = false, created_at = "2025-03-03T10:30:00Z", attachments = Array.Empty<object>() },
                new { id = 4, author_id = 7001, body = "Thank you very much!", @public = true, created_at = "2025-03-03T12:00:00Z", attachments = Array.Empty<object>() },
            },
        },
        new
        {
            url = "https://acme.zendesk.com/api/v2/tickets/102.json", id = 102, subject = "Where is my parcel?", status = "open", requester_id = 7002, assignee_id = (int?)null, group_id = 9001, type = (string?)null,
            tags = Array.Empty<string>(), created_at = Iso(now.AddDays(-2)), updated_at = Iso(now.AddDays(-2)),
            comments = new object[] { new { id = 5, author_id = 7002, body = "Where is my parcel? It was to come on Monday.", @public = true, created_at = Iso(now.AddDays(-2)), attachments = Array.Empty<object>() } },
        },
    }.Select(ticket => JsonSerializer.Serialize(ticket))) + "\n";

    public static string ZendeskUsers(string agent) => string.Join('\n', new object[]
    {
        new { url = "https://acme.zendesk.com/api/v2/users/7001.json", id = 7001, name = "Ada Lovelace", email = "ada@client.example", role = "end-user", organization_id = 6001, phone = "+49 30 1234567", created_at = "2024-01-05T08:00:00Z" },
        new { url = "https://acme.zendesk.com/api/v2/users/7002.json", id = 7002, name = "Grace Hopper", email = (string?)null, role = "end-user", phone = "+1 555 0100" },
        new { url = "https://acme.zendesk.com/api/v2/users/8001.json", id = 8001, name = "Priya Nair", email = agent, role = "agent" },
        new { url = "https://acme.zendesk.com/api/v2/users/8002.json", id = 8002, name = "Jonas Weber", email = "jonas@old-desk.example", role = "admin" },
        new { url = "https://acme.zendesk.com/api/v2/organizations/6001.json", id = 6001, name = "Analytical Engines", domain_names = new[] { "client.example" } },
        new { url = "https://acme.zendesk.com/api/v2/groups/9001.json", id = 9001, name = "Repairs" },
    }.Select(thing => JsonSerializer.Serialize(thing))) + "\n";

    /// <summary>A ticket of Freshdesk as its export wraps it.</summary>
    public static string FreshdeskTickets() => new JsonArray(new JsonObject
    {
        ["helpdesk_ticket"] = new JsonObject
        {
            ["id"] = 55001,
            ["display_id"] = 12,
            ["subject"] = "Wrong size",
            ["description"] = "The shirt is too small.",
            ["description_html"] = "<div>The shirt is <i>too small</i>.</div>",
            ["created_at"] = "2025-05-05T10:00:00+02:00",
            ["updated_at"] = "2025-05-09T10:00:00+02:00",
            ["requester_id"] = 301,
            ["responder_id"] = 401,
            ["group_id"] = 501,
            ["status"] = 5,
            ["status_name"] = "Closed",
            ["ticket_type"] = "Problem",
            ["deleted"] = false,
            ["spam"] = false,
            ["requester_name"] = "Grace Hopper",
            ["responder_name"] = "Priya Nair",
            ["tags"] = new JsonArray(new JsonObject { ["name"] = "size" }),
            ["notes"] = new JsonArray(
                new JsonObject { ["note"] = new JsonObject { ["id"] = 1, ["body"] = "We send the next size.", ["body_html"] = "<p>We send the next size.</p>", ["incoming"] = false, ["private"] = false, ["source"] = 0, ["user_id"] = 401, ["created_at"] = "2025-05-05T12:00:00+02:00" } },
                new JsonObject { ["note"] = new JsonObject { ["id"] = 2, ["body"] = "Second return of hers.", ["incoming"] = false, ["private"] = true, ["source"] = 2, ["user_id"] = 401, ["created_at"] = "2025-05-05T12:01:00+02:00" } },
                new JsonObject { ["note"] = new JsonObject { ["id"] = 3, ["body"] = "{\"status\":5}", ["incoming"] = false, ["private"] = true, ["source"] = 4, ["user_id"] = 401, ["created_at"] = "2025-05-05T12:02:00+02:00" } }),
        },
    }).ToJsonString();

    public static string FreshdeskUsers(string agent) => new JsonArray(
        new JsonObject { ["user"] = new JsonObject { ["id"] = 301, ["name"] = "Grace Hopper", ["email"] = "grace@client.example", ["helpdesk_agent"] = false, ["phone"] = "+1 555 0100" } },
        new JsonObject { ["user"] = new JsonObject { ["id"] = 401, ["name"] = "Priya Nair", ["email"] = agent, ["helpdesk_agent"] = true } }).ToJsonString();

    /// <summary>A mailbox with a question and our answer, and another question, from the same day of last year.</summary>
    public static string Mbox(string lineEnd = "\n") => string.Join(lineEnd, [
        "From ada@client.example Mon Mar  3 09:00:00 2025",
        "Received: from client.example by desk.example; Mon, 3 Mar 2025 10:00:05 +0100",
        "From: Ada Lovelace <ada@client.example>", "To: help@desk.example", "Subject: The kettle leaks", "Message-ID: <one@client.example>", "Date: Mon, 3 Mar 2025 03:00:00 +0100", "",
        "The kettle leaks.", ">From the bottom, I think.", "What can I do?", "",
        "From MAILER Mon Mar  3 11:00:00 2025",
        "From: Grace Hopper <grace@client.example>", "To: help@desk.example", "Subject: Invoice", "Message-ID: <two@client.example>", "Date: Mon, 3 Mar 2025 12:00:00 +0100", "",
        "Where is my invoice?", "",
        "From - Mon Mar  3 12:30:00 2025",
        "From: Help <help@desk.example>", "To: Ada Lovelace <ada@client.example>", "Subject: Re: The kettle leaks", "Message-ID: <three@desk.example>", "In-Reply-To: <one@client.example>", "Date: Mon, 3 Mar 2025 13:30:00 +0100", "",
        "Tighten the screw below.", "",
        "> The kettle leaks.", "",
    ]);

    public static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return packed.ToArray();
    }

    private static string Iso(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
