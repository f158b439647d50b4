using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Shell;
using Microsoft.EntityFrameworkCore;
using static Heliotrope.Server.Tests.Replay.Histories;

namespace Heliotrope.Server.Tests.Replay;

/// <summary>Figures of histories, each worked out by hand. Berlin is two hours ahead of UTC in summer and one in winter.</summary>
public sealed class HistoriesTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task The_example_of_the_guide_gives_the_figures_that_the_guide_says(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var guide = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs", "guide", "replay.md"));
        var played = await server.Replay(guide.Split("```yaml\n")[1].Split("```")[0]);
        Assert.True(played.Refusal is null, played.Refusal?.Detail);
        Assert.Equal((6, 2, 0), (played.Value.Events, played.Value.Conversations, played.Value.Ahead));

        var parcel = await server.About("My parcel");
        Assert.Equal((ConversationState.Confirmed, HappinessEnd.Confirmed), (parcel.State, parcel.HappinessEnd));
        Assert.Equal((Utc("2025-09-02 07:14"), Utc("2025-09-03 06:30")), (parcel.HappinessStartedAt, parcel.HappinessEndedAt));
        Assert.Equal(new TimeSpan(23, 16, 0), parcel.Clock.Elapsed);
        var answer = parcel.Entries.Single(e => e.Direction is Direction.Out);
        Assert.Equal((Utc("2025-09-02 08:00"), Utc("2025-09-02 09:14")), (answer.At, answer.DueAt));

        var lid = await server.About("A lid");
        Assert.Equal((ConversationState.Waiting, HappinessEnd.Silent), (lid.State, lid.HappinessEnd));
        Assert.Equal((Utc("2025-09-02 14:30"), Utc("2025-09-10 07:30")), (lid.HappinessStartedAt, lid.HappinessEndedAt));
        Assert.Equal(new TimeSpan(7, 17, 0, 0), lid.Clock.Elapsed);
        Assert.Equal(Utc("2025-09-03 10:30"), lid.Entries.Single(e => e.Direction is Direction.Out).DueAt);
    }

    [Theory, EveryDatabase]
    public async Task Thanks_end_the_clock_when_they_come(Engine engine)
    {
        var story = await (await servers.On(engine)).Story("thanked", """
              - {at: 2025-09-02 09:00, mail: "Hello, how long do beans keep?"}
              - {at: +30m, reply: "Five weeks after roasting.", by: Ines Adler}
              - {at: +1h 30m, mail: "Thank you very much!"}
            """);
        Assert.Equal((ConversationState.Waiting, HappinessEnd.Thanked), (story.State, story.HappinessEnd));
        Assert.Equal(TimeSpan.FromHours(2), story.Clock.Elapsed);
        Assert.Equal(["Ada Lovelace", "Ines Adler", "Ada Lovelace"], story.Entries.Select(e => e.FromName));
    }

    [Theory, EveryDatabase]
    public async Task Silence_comes_seven_days_after_the_answer_to_the_minute_and_one_minute_before_it_thanks_still_count(Engine engine)
    {
        var server = await servers.On(engine);
        var silent = await server.Story("silent", """
              - {at: 2025-09-02 12:00, mail: "Hello, does it fit?"}
              - {at: +34m, reply: "It does.", by: Ines Adler}
              - {at: +7d 12:34, note: "Nothing yet.", by: Ines Adler}
            """);
        Assert.Equal((Utc("2025-09-09 10:34"), HappinessEnd.Silent), (silent.HappinessEndedAt, silent.HappinessEnd));

        var justInTime = await server.Story("just-in-time", """
              - {at: 2025-09-02 12:00, mail: "Hello, does it fit?"}
              - {at: +34m, reply: "It does.", by: Ines Adler}
              - {at: +7d 12:33, mail: "Thanks a lot!"}
            """);
        Assert.Equal((Utc("2025-09-09 10:33"), HappinessEnd.Thanked), (justInTime.HappinessEndedAt, justInTime.HappinessEnd));
    }

    [Theory, EveryDatabase]
    public async Task Who_was_unhappy_and_then_says_yes_is_confirmed_then(Engine engine)
    {
        var story = await (await servers.On(engine)).Story("unhappy-first", """
              - {at: 2025-09-02 09:00, mail: "The kettle drips."}
              - {at: +1h, reply: "A new seal is on its way.", by: Ines Adler, resolve: true}
              - {at: +1d 10:00, confidence: {resolved: no, again: no, comment: "It still drips."}}
              - {at: +1h, reply: "A new kettle leaves today.", by: Ole Berg, resolve: true}
              - {at: +2d 09:00, confidence: {resolved: yes, again: yes}}
            """);
        Assert.Equal((ConversationState.Confirmed, HappinessEnd.Confirmed, Attention.Usual), (story.State, story.HappinessEnd, story.Attention));
        Assert.Equal(TimeSpan.FromDays(3), story.Clock.Elapsed);
        Assert.Equal(["resolved", "not-resolved", "resolved", "confirmed"], story.Entries.Where(e => e.Kind is EntryKind.Event).Select(e => e.Text));

        // Wednesday ten o'clock, and four hours are the first answer's alone: eight from ten to five leave one for Thursday.
        Assert.Equal([Utc("2025-09-02 11:00"), Utc("2025-09-04 08:00")], story.Entries.Where(e => e.Direction is Direction.Out).Select(e => e.DueAt!.Value));
    }

    [Theory, EveryDatabase]
    public async Task A_question_after_it_was_resolved_opens_it_again_and_the_clock_goes_on(Engine engine)
    {
        var story = await (await servers.On(engine)).Story("asked-again", """
              - {at: 2025-09-05 16:00, mail: "Where is the number of my grinder?"}
              - {at: +30m, reply: "Below it.", by: Ines Adler, resolve: true}
              - {at: +20m, mail: "And where exactly below it?"}
            """);
        Assert.Equal((ConversationState.Open, (HappinessEnd?)null), (story.State, story.HappinessEnd));
        Assert.Equal(["resolved", "reopened"], story.Entries.Where(e => e.Kind is EntryKind.Event).Select(e => e.Text));

        // Friday ten to five: ten minutes are left of it, and seven hours and fifty minutes of Monday.
        Assert.Equal((Utc("2025-09-05 14:50"), Utc("2025-09-08 14:50")), (story.WaitingSince, story.AnswerDueAt));
    }

    [Theory, EveryDatabase]
    public async Task A_date_survives_thanks_and_comes_to_the_minute(Engine engine)
    {
        var story = await (await servers.On(engine)).Story("put-off", """
              - {at: 2025-10-24 09:00, mail: "Can you look at it again on Monday?"}
              - {at: +10m, reply: "I will.", by: Ines Adler}
              - {at: +5m, snooze: +3d 09:30, by: Ines Adler}
              - {at: +1h, mail: "Thank you!"}
            """);
        var put = story.Entries.Single(e => e.Text == "snoozed");
        Assert.Equal("2025-10-27T08:30:00.0000000+00:00", put.Detail); // the clocks went back on Sunday: still half past nine
        var woke = story.Entries[^1];
        Assert.Equal(("woke", Utc("2025-10-27 08:30")), (woke.Text, woke.At));
        Assert.Equal((ConversationState.Open, Attention.DateCame), (story.State, story.Attention));
        Assert.Equal(Utc("2025-10-28 08:30"), story.AnswerDueAt); // seven and a half hours of Monday, half an hour of Tuesday
    }

    [Theory, EveryDatabase]
    public async Task Teams_drivers_tags_files_and_a_start_of_ours_are_played(Engine engine)
    {
        var server = await servers.On(engine);
        var story = await server.Story("all-of-it", """
              - at: 2025-09-02 09:00
                mail: "Four mugs came, one is broken."
                attach: [{name: mug.png, picture: crack}]
              - {at: +1m, assign: Ole Berg, by: Ole Berg}
              - {at: +1m, team: , by: Ole Berg}
              - {at: +1m, team: Help, by: Ole Berg}
              - {at: +1m, driver: Where is my order, by: Ole Berg}
              - {at: +1m, tags: [mug, broken, mug], by: Ole Berg}
              - at: +5m
                reply: "Here is the invoice."
                by: Ole Berg
                cc: [boss@client.example]
                attach: [{name: invoice.pdf, type: application/pdf, text: "Invoice 1"}]
              - {at: +1h, from: Boss <boss@client.example>, mail: "Seen, and fine. When does the mug come?"}
              - {at: +1h, spam: true, by: Ole Berg}
            """);
        Assert.Equal(["recovery-opened", "assigned", "team-none", "team", "driver", "tagged", "tagged", "spam"], story.Entries.Where(e => e.Kind is EntryKind.Event).Select(e => e.Text));
        Assert.True(story.IsSpam);
        Assert.Equal([Author.Known, Author.SomebodyElse], story.Entries.Where(e => e.Direction is Direction.In).Select(e => e.Author));
        var mails = await server.Store.Read(db => db.Outbox.Where(o => o.ConversationNumber == story.Number).OrderBy(o => o.Id).ToListAsync());
        Assert.Equal([("all-of-it@client.example", OutboxState.Replayed), ("boss@client.example", OutboxState.Replayed)], mails.Select(m => (m.EnvelopeTo, m.State)));
        var photo = story.Entries[0];
        Assert.Equal("Ada Lovelace", photo.FromName);

        var begun = await server.Replay(Company + """
            - story: we-begin
              events:
              - at: 2025-09-02 09:00
                start: {to: "Bo Lind <bo@client.example>", subject: "Your order is late"}
                reply: "It leaves tomorrow."
                by: Ines Adler
            """);
        Assert.True(begun.Refusal is null, begun.Refusal?.Detail);
        var ours = await server.About("Your order is late");
        Assert.Equal((ConversationState.Waiting, "help@shop.example"), (ours.State, ours.OurAddress));
        Assert.Null(ours.HappinessStartedAt);
    }
}
