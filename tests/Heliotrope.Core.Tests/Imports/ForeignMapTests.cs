using System.Text.Json;
using Heliotrope.Core.Imports;

namespace Heliotrope.Core.Tests.Imports;

public class ForeignMapTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static Mapped Zendesk(string json, string kind = "") => ZendeskMap.Read(JsonDocument.Parse(json).RootElement, kind, Now);

    private static Mapped Freshdesk(string json, string kind = "") => FreshdeskMap.Read(JsonDocument.Parse(json).RootElement, kind, Now);

    [Theory]
    [InlineData("new", Standing.Open)]
    [InlineData("open", Standing.Open)]
    [InlineData("hold", Standing.Open)]
    [InlineData("pending", Standing.Waiting)]
    [InlineData("solved", Standing.Resolved)]
    [InlineData("closed", Standing.Resolved)]
    [InlineData("waiting for parts", Standing.AsItsMessages)]
    public void A_state_of_zendesk_is_one_of_ours_or_what_the_messages_say(string status, Standing standing)
    {
        var mapped = Zendesk($$"""{"id":1,"requester_id":2,"status":"{{status}}","created_at":"2025-01-01T00:00:00Z","description":"Hello?"}""");
        Assert.Equal(standing, Assert.IsType<ForeignConversation>(mapped.Thing).Standing);
        Assert.Equal(standing is Standing.AsItsMessages, mapped.Remarks.Contains("state-unknown"));
    }

    [Fact]
    public void A_comment_is_a_note_when_it_is_not_public_and_brings_its_files_as_links()
    {
        var ticket = Assert.IsType<ForeignConversation>(Zendesk("""
            {"id":1,"requester_id":2,"status":"open","created_at":"2025-01-01T00:00:00Z","tags":["a","b"],"comments":[
              {"id":10,"author_id":2,"plain_body":"Look","public":true,"created_at":"2025-01-01T00:00:00Z","attachments":[{"file_name":"a.pdf","content_url":"https://acme.zendesk.com/a.pdf"}]},
              {"id":11,"author_id":3,"html_body":"<p>Hm</p>","public":false,"created_at":"never"}]}
            """).Thing);
        Assert.Equal([Voice.AsItsAuthor, Voice.Note], ticket.Messages.Select(m => m.Voice));
        Assert.Equal(new ForeignFile("a.pdf", "https://acme.zendesk.com/a.pdf"), Assert.Single(ticket.Messages[0].Files));
        Assert.Equal(ticket.At, ticket.Messages[1].At); // whose own date cannot be true
        Assert.Equal(["a", "b"], ticket.Tags);
    }

    [Fact]
    public void People_who_stand_whole_within_a_ticket_come_along()
    {
        var ticket = Assert.IsType<ForeignConversation>(Zendesk("""
            {"id":1,"requester":{"id":2,"name":"Ada Lovelace","email":"ada@client.example"},"assignee":{"id":3,"name":"Priya Nair","email":"priya@desk.example"},"group":{"id":4,"name":"Repairs"},"status":"open","created_at":"2025-01-01T00:00:00Z","description":"Hello?"}
            """).Thing);
        Assert.Equal([(true, "4"), (false, "2"), (true, "3")], ticket.Along.Select(thing => (thing is ForeignTeam || thing is ForeignPerson { Staff: true }, thing.Id)).OrderByDescending(t => t.Id == "4").ThenBy(t => t.Id));
        Assert.Equal(("2", "3", "4"), (ticket.CustomerId, ticket.AssigneeId, ticket.TeamId));
    }

    [Theory]
    [InlineData("""{"id":1,"url":"https://acme.zendesk.com/api/v2/users/1.json","name":"Ada","email":"ada@client.example","role":"end-user"}""", "")]
    [InlineData("""{"user":{"id":1,"name":"Ada","email":"ada@client.example"}}""", "")]
    [InlineData("""{"id":1,"name":"Ada","email":"ada@client.example"}""", "users")]
    public void A_person_is_known_by_the_address_the_wrapping_or_the_list(string json, string kind) =>
        Assert.Equal(("Ada", false), Assert.IsType<ForeignPerson>(Zendesk(json, kind).Thing) is var person ? (person.Name, person.Staff) : default);

    [Theory]
    [InlineData("[]", "not-an-object")]
    [InlineData("7", "not-an-object")]
    [InlineData("{}", "no-id")]
    [InlineData("""{"id":1}""", "unknown-kind")]
    [InlineData("""{"id":1,"requester_id":2,"status":"deleted"}""", "deleted")]
    [InlineData("""{"id":1,"requester_id":2,"status":"open","created_at":"2025-01-01T00:00:00Z"}""", "no-words")]
    [InlineData("""{"id":1,"requester_id":2,"status":"open","comments":"none"}""", "no-date")]
    public void What_zendesk_cannot_mean_is_left_out_with_its_reason(string json, string why) => Assert.Equal(why, Zendesk(json).Skipped);

    [Theory]
    [InlineData("""{"helpdesk_ticket":{"id":1,"requester_id":2,"spam":true}}""", "spam")]
    [InlineData("""{"helpdesk_ticket":{"id":1,"requester_id":2,"deleted":true}}""", "deleted")]
    [InlineData("""{"helpdesk_ticket":{"id":1,"requester_id":2}}""", "no-date")]
    [InlineData("""{"helpdesk_ticket":{"id":1}}""", "no-customer")]
    [InlineData("""{"solution_article":{"id":1}}""", "unknown-kind")]
    public void What_freshdesk_cannot_mean_is_left_out_with_its_reason(string json, string why) => Assert.Equal(why, Freshdesk(json).Skipped);

    [Fact]
    public void A_ticket_of_freshdesks_newer_api_is_read_as_well()
    {
        var ticket = Assert.IsType<ForeignConversation>(Freshdesk("""
            {"id":9,"requester_id":2,"responder_id":3,"status":7,"created_at":"2025-01-01T00:00:00Z","description":"<p>Hi</p>","description_text":"Hi","requester":{"name":"Ada","email":"ada@client.example"},
             "conversations":[{"id":1,"body":"<p>Yes</p>","body_text":"Yes","incoming":false,"private":false,"user_id":3,"created_at":"2025-01-01T01:00:00Z"}]}
            """, "tickets").Thing);
        Assert.Equal([("Hi", Voice.Theirs), ("Yes", Voice.Ours)], ticket.Messages.Select(m => (m.Text, m.Voice)));
        Assert.Equal("<p>Hi</p>", ticket.Messages[0].Html);
        Assert.Equal(Standing.Open, ticket.Standing);
        Assert.Equal("ada@client.example", Assert.IsType<ForeignPerson>(Assert.Single(ticket.Along)).Email);
    }
}
