using Heliotrope.Core.People;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Replay;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Tests.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Heliotrope.Server.Tests.Replay.Histories;

namespace Heliotrope.Server.Tests.Replay;

public sealed class RefusedHistoriesTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Story = """
        - story: told-twice
          customer: Ada Lovelace <twice@client.example>
          to: help@shop.example
          subject: Told twice
          events:
          - {at: 2025-09-02 09:00, mail: "Hello, does it fit?"}
        """;

    [Theory, EveryDatabase]
    public async Task All_that_is_wrong_is_told_with_its_line_and_nothing_is_played(Engine engine)
    {
        var server = await servers.On(engine);
        var before = await Schema.Counts(server.Store.Engine);
        var refused = await server.Replay("""
            replay: 1
            zone: Europe/Nowhere
            mood: good
            people:
            - {name: Ines Adler, email: nonsense, role: boss}
            stories:
            - story: wrong
              customer: Ada Lovelace
              to: help@shop.example
              subject: Wrong
              events:
              - {at: soon, mail: "Hello"}
              - {at: 2025-09-02 09:00, reply: "Hello", by: Nobody Known}
              - {at: 2025-09-01 09:00, resolve: true, note: "Two", by: Nobody Known}
              - {at: +1h, confidence: {resolved: yes, again: maybe}}
              - {at: +1h, driver: Unheard of, by: Nobody Known}
            """);
        Assert.Equal("replay.invalid", refused.Refusal!.Code);
        var lines = refused.Refusal.Detail.Split('\n');
        foreach (var (place, words) in new[]
        {
            ("a.yaml:2", "no zone"), ("a.yaml:3", "\"mood\""), ("a.yaml:5", "role"), ("a.yaml:5", "\"nonsense\""), ("a.yaml:8", "\"Ada Lovelace\""), ("a.yaml:12", "\"soon\""),
            ("a.yaml:13", "Nobody Known"), ("a.yaml:14", "One thing at a time"), ("a.yaml:14", "order of time"), ("a.yaml:15", "yes or no"), ("a.yaml:16", "Unheard of"),
        })
        {
            Assert.True(lines.Any(line => line.StartsWith(place + ": ", StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal)), $"{place} {words} in\n{refused.Refusal.Detail}");
        }

        Assert.Equal(before, await Schema.Counts(server.Store.Engine));
    }

    [Theory, EveryDatabase]
    public async Task No_more_is_told_than_anybody_reads_and_what_is_no_yaml_is_told_too(Engine engine)
    {
        var server = await servers.On(engine);
        var many = await server.Replay("replay: 1\ndrivers: [x]\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"key{i}: 1\n")));
        Assert.Equal(21, many.Refusal!.Detail.Split('\n').Length);
        Assert.Contains("a.yaml:3: ", (await server.Replay("replay: 1\nstories: [\n")).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Contains("nested", (await server.Replay($"replay: {new string('[', 5_000)}")).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Contains("replay: 1", (await server.Replay("zone: UTC")).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_the_desk_would_not_take_a_history_does_not_bring(Engine engine)
    {
        var server = await servers.On(engine);
        var refused = await server.Replay($$"""
            replay: 1
            zone: Europe/Vienna
            drivers: ["{{new string('d', 200)}}"]
            teams:
            - {name: "{{new string('t', 200)}}", hours: "Mon-Fri 09:00-17:00", firstAnswer: 9000h, nextAnswer: 4h}
            articles:
            - {title: "{{new string('a', 600)}}", language: en, text: Words}
            - {title: Words, language: xx, text: Words}
            stories:
            - story: ends
              customer: Ada Lovelace <ends@client.example>
              to: help@shop.example
              subject: Ends
              events:
              - {at: 9999-12-31 09:00, mail: "Hello"}
              - {at: +9999d, mail: "Still there?"}
            """);
        Assert.Equal("replay.invalid", refused.Refusal!.Code);
        foreach (var (place, words) in new[] { ("a.yaml:3", "A name has"), ("a.yaml:5", "A name has"), ("a.yaml:5", "A target is"), ("a.yaml:7", "A title has"), ("a.yaml:8", "A language is"), ("a.yaml:16", "end of the calendar") })
        {
            Assert.True(refused.Refusal.Detail.Split('\n').Any(line => line.StartsWith(place + ": ", StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal)), $"{place} {words} in\n{refused.Refusal.Detail}");
        }
    }

    [Theory, EveryDatabase]
    public async Task No_date_of_a_history_breaks_anything(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var (at, words) in new[] { ("0001-01-01 00:00", "calendar"), ("0001-01-03 09:00", "before 1970"), ("1969-12-31 09:00", "before 1970"), ("0000-01-01 09:00", "no time"), ("-9999d 99999h 99999m", null), ("9999-12-31 23:59", null) })
        {
            var played = await server.Replay($$"""
                replay: 1
                zone: Europe/Vienna
                people:
                - {name: Ines Adler, email: ines@shop.example, role: agent}
                stories:
                - story: "{{at}}"
                  customer: Ada Lovelace <dates@client.example>
                  to: help@shop.example
                  subject: Dates
                  events:
                  - {at: "{{at}}", mail: "Hello"}
                  - {at: +1h, reply: "Hello", by: Ines Adler}
                """);
            if (words is null)
            {
                Assert.Null(played.Refusal);
            }
            else
            {
                Assert.Contains(played.Refusal!.Detail.Split('\n'), line => line.StartsWith("a.yaml:11: ", StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal));
            }
        }

        (await server.Api.Get("/api/v1/happiness")).Is(200);
    }

    [Theory, EveryDatabase]
    public async Task A_history_brings_no_more_teams_and_drivers_than_the_settings_take_and_no_name_twice(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var teams = string.Concat(Enumerable.Range(0, ListTeams.Most + 1).Select(i => $"- {{name: Team {i}, hours: \"Mon-Fri 09:00-17:00\", firstAnswer: 4h, nextAnswer: 8h}}\n"));
        var drivers = string.Concat(Enumerable.Range(0, ChangeDrivers.Most + 1).Select(i => $"- Driver {i}\n"));
        Assert.Equal("a.yaml:103: There are at most 100 teams.", (await server.Replay("replay: 1\nteams:\n" + teams)).Refusal!.Detail);
        Assert.Equal("a.yaml:203: There are at most 200 drivers.", (await server.Replay("replay: 1\ndrivers:\n" + drivers)).Refusal!.Detail);
        Assert.Equal("a.yaml:2: The name of another driver differs from \"LATE\" in capitals alone.", (await server.Replay("replay: 1\ndrivers: [Late, Late, LATE]")).Refusal!.Detail);
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_kept_is_refused_with_its_line(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var hostile in new[] { "\\0", "a\\0b", "\\uD800", "x\\uDC00" })
        {
            var refused = await server.Replay($$"""
                replay: 1
                drivers: ["{{hostile}}"]
                people:
                - {name: "{{hostile}}", email: hostile@shop.example, role: agent}
                articles:
                - {title: "{{hostile}}", language: en, text: "{{hostile}}"}
                """);
            Assert.Equal("replay.invalid", refused.Refusal?.Code);
            Assert.All(refused.Refusal!.Detail.Split('\n'), line => Assert.StartsWith("a.yaml:", line, StringComparison.Ordinal));
        }

        var name = await server.Replay("replay: 1\npeople:\n- {name: \"" + new string('n', 200) + "\", email: long@shop.example, role: agent}\n");
        Assert.StartsWith("a.yaml:3: A name has", name.Refusal!.Detail, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_story_is_played_once(Engine engine)
    {
        var server = await servers.On(engine);
        Assert.Null((await server.Replay(Company + Story)).Refusal);
        var before = await Schema.Counts(server.Store.Engine);
        var again = await server.Replay(Company + Story.Replace("does it fit", "does it really fit", StringComparison.Ordinal));
        Assert.Equal("replay.known", again.Refusal!.Code);
        Assert.Contains("told-twice", again.Refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(before, await Schema.Counts(server.Store.Engine));
    }

    [Theory, EveryDatabase]
    public async Task A_step_that_is_refused_stops_the_history_and_says_where(Engine engine)
    {
        var server = await servers.On(engine);
        var stopped = await server.Replay(Company + """
            - story: stops
              customer: Ada Lovelace <stops@client.example>
              to: help@shop.example
              subject: Stops
              events:
              - {at: 2025-09-02 09:00, mail: "Hello, does it fit?"}
              - {at: +1h, confidence: {resolved: yes, again: yes}}
              - {at: +1h, reply: "It does.", by: Ines Adler}
            """);
        Assert.Equal("replay.stopped", stopped.Refusal!.Code);
        Assert.Contains("story \"stops\", event 2, at 2025-09-02 08:00:00 UTC", stopped.Refusal.Detail, StringComparison.Ordinal);
        Assert.Contains("1 of 3 events were played", stopped.Refusal.Detail, StringComparison.Ordinal);
        Assert.Single((await server.About("Stops")).Entries);
        Assert.False(await server.Store.Read(db => Replaying.IsOn(db, server.Clock.GetUtcNow())));
    }

    [Theory, EveryDatabase]
    public async Task One_history_at_a_time_and_one_that_was_killed_blocks_nobody_for_long(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Store.Write(
            async db =>
            {
                await Replaying.Hold(db, server.Clock.GetUtcNow());
                return true;
            },
            CancellationToken.None);
        Assert.Equal("replay.running", (await server.Replay(Company + Story)).Refusal!.Code);
        server.Advance(Replaying.Lease + TimeSpan.FromSeconds(1));
        Assert.Null((await server.Replay(Company + Story)).Refusal);
    }

    [Theory, EveryDatabase]
    public async Task What_lies_ahead_is_left_out_and_what_people_may_not_do_is_refused(Engine engine)
    {
        var server = await servers.On(engine);
        var played = await server.Replay(Company + """
            - story: half-done
              customer: Ada Lovelace <half@client.example>
              to: help@shop.example
              subject: Half done
              events:
              - {at: -1h, mail: "Hello, does it fit?"}
              - {at: +30m, reply: "It does.", by: Ines Adler}
              - {at: +1h, mail: "Thank you!"}
            """);
        Assert.Equal((2, 1), (played.Value.Events, played.Value.Ahead));
        var lead = Actor.System with { Role = Role.Lead };
        Assert.Equal("role.insufficient", (await server.Services.GetRequiredService<PlayHistories>().Run(lead, new([]), (_, _) => Task.CompletedTask, CancellationToken.None)).Refusal!.Code);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_can_sign_in_as_somebody_of_a_history_and_nothing_of_it_is_sent(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(engine, smarthost.Url);
        Assert.Null((await server.Replay(Company + Story + "\n  - {at: +1h, reply: \"It does.\", by: Ines Adler, resolve: true}")).Refusal);
        using var browser = server.NewBrowser();
        Assert.NotEqual(302, (await browser.TrySignIn("ines@shop.example")).Status);
        Assert.NotEqual(302, (await browser.TrySignIn("ines@shop.example", "")).Status);

        // A mail of today leaves after them all, and is alone.
        await using var scope = server.Services.CreateAsyncScope();
        var number = await server.Receive(TestMail.FromSomebodyNew() with { To = "help@shop.example" });
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Hello" })).Is(200);
        Assert.Contains("Hello", (await smarthost.Next()).Text, StringComparison.Ordinal);
        Assert.Single(smarthost.Mails);
        Assert.Equal(2, await server.Store.Read(db => db.Outbox.CountAsync(o => o.State == OutboxState.Replayed)));
    }
}
