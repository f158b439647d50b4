using System.Globalization;
using System.Text;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Happiness;

public sealed class FiguresTests
{
    [Theory, EveryDatabase]
    public async Task The_figures_are_those_worked_out_by_hand(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await KnownMatters.On(server);

        var view = await server.Services.GetRequiredService<HappinessScreen>().Page(Actor.System, new(), null);

        Assert.Equal(KnownMatters.Shown, view.Weeks.Sum(w => w.Ends.Total));
        Assert.Equal(KnownMatters.Shown, view.Dots!.Count);
        Assert.Equal((new DateOnly(2026, 1, 5), new DateOnly(2026, 3, 16)), (view.Weeks[0].Monday, view.Weeks[^1].Monday));

        var (now, before) = (view.Months!.Now, view.Months.Before);
        Assert.Equal(new DaySpan(new(2026, 3, 1), new(2026, 3, 18)), now.Days);
        Assert.Equal(new DaySpan(new(2026, 2, 1), new(2026, 2, 18)), before.Days);
        Assert.Equal(new EndCounts(1, 1, 0, 1, 2), now.Ends);
        Assert.Equal(new EndCounts(0, 0, 1, 1, 0), before.Ends); // who wrote on 19 February is in neither
        Assert.Equal(TimeSpan.FromHours(3), now.Confirmed!.Value.Median);
        Assert.Equal((2, 1, 1, 1), (now.FirstKept, now.FirstLate, before.FirstKept, before.FirstLate));

        var answers = view.Answers!;
        Assert.Equal((5, 2), (answers.Weeks.Sum(w => w.FirstKept), answers.Weeks.Sum(w => w.FirstLate)));
        Assert.Equal((3, 1), (answers.NextKept, answers.NextLate)); // Hana's, and those after the two who said no; Finn's was late
        Assert.Equal((3, 1), (answers.Weeks.Sum(w => w.NextKept), answers.Weeks.Sum(w => w.NextLate)));
        Assert.Equal(1, answers.OverdueNow);
    }

    [Theory, EveryDatabase]
    public async Task What_hurts_most_is_on_top(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var known = await KnownMatters.On(server);
        var screen = server.Services.GetRequiredService<HappinessScreen>();

        // 1 of 3 ended unhappy among the 5 without a driver; 1 of 3 among 3; 0 of 1.
        var drivers = (await screen.Page(Actor.System, new(), "driver")).Breakdown!;
        Assert.Equal([null, "Late parcel", "Wrong invoice"], drivers.Rows.Select(r => r.Name));
        Assert.Equal([new EndCounts(1, 1, 0, 1, 2), new(1, 0, 1, 1, 0), new(1, 0, 0, 0, 0)], drivers.Rows.Select(r => r.Ends));
        Assert.Equal([(1, 0), (0, 1), (0, 0)], drivers.Rows.Select(r => (r.Before.Unhappy, r.Before.Silent)));

        // 1 of 4 among 4 and 1 of 3 among 3 hurt alike: the slower one is on top.
        var teams = (await screen.Page(Actor.System, new(), "team")).Breakdown!;
        Assert.Equal(["Billing", KnownMatters.Repairs, null], teams.Rows.Select(r => r.Name));
        Assert.Equal([3.5, 3, null], teams.Rows.Select(r => r.Confirmed?.Median.TotalHours));

        var billing = (await screen.Page(Actor.System, new(Team: known.BillingTeam), "driver")).Breakdown!;
        Assert.Equal([null, "Wrong invoice"], billing.Rows.Select(r => r.Name));
        Assert.All(billing.Rows, r => Assert.Equal(known.BillingTeam, r.Filter.Team));
    }

    [Theory, EveryDatabase]
    public async Task Every_figure_of_the_page_opens_to_as_many_conversations(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var lead = await server.SignedIn(Role.Lead); // before the clock goes back: to the browser a cookie of March is over
        var known = await KnownMatters.On(server);
        var walked = new HashSet<string>();
        foreach (var page in new[]
        {
            "/happiness", "/happiness?by=team", "/happiness?by=channel", $"/happiness?team={known.RepairsTeam}&by=team", "/happiness?team=none", "/happiness?driver=none",
            $"/happiness?driver={known.LateParcel}&team={known.RepairsTeam}&channel=mail",
        })
        {
            var links = (await lead.Get(page)).Document.QuerySelectorAll("a[data-figure]");
            Assert.True(links.Length > 8, page);
            foreach (var link in links)
            {
                var (href, figure) = (link.GetAttribute("href")!, link.GetAttribute("data-figure")!);
                if (int.TryParse(link.TextContent, NumberStyles.None, CultureInfo.InvariantCulture, out var said))
                {
                    Assert.Equal(figure, said.ToString(CultureInfo.InvariantCulture));
                }

                if (walked.Add($"{href} {figure}"))
                {
                    var list = (await lead.Get(href)).Document;
                    Assert.True(figure == list.QuerySelector("#queue-heading .count")?.TextContent, $"{page}: {href} says {figure}, the list {list.QuerySelector("#queue-heading")?.TextContent}");
                    Assert.Equal(figure, list.QuerySelectorAll("a[data-row]").Length.ToString(CultureInfo.InvariantCulture));
                    Assert.DoesNotContain("What Spam asked", list.Body!.TextContent, StringComparison.Ordinal);
                }
            }
        }

        Assert.True(walked.Count > 60, $"{walked.Count}");
    }

    [Theory, EveryDatabase]
    public async Task The_list_behind_a_figure_says_in_words_what_it_holds(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var agent = await server.SignedIn(); // before the clock goes back: to the browser a cookie of March is over
        var known = await KnownMatters.On(server);

        Assert.Equal("First answer late · =1+1 Repairs · Late parcel · by mail · Wrote first between 3/1/2026 and 3/18/2026 1", await Heading($"from=2026-03-01&to=2026-03-18&late=first&team={known.RepairsTeam}&driver={known.LateParcel}&channel=mail"));
        Assert.Equal("Answer overdue now · No team · No driver yet 1", await Heading("late=now&team=none&driver=none"));
        Assert.Equal("Unhappy · Billing · Wrote first between 2/18/2026 and 2/18/2026 1", await Heading($"from=2026-02-18&ending=unhappy&team={known.BillingTeam}"));
        Assert.Equal("A later answer late · Wrote first between 2/1/2026 and 2/28/2026 1", await Heading("from=2026-02-01&to=2026-02-28&late=next"));
        Assert.StartsWith("Needs a person", await Heading("late=tomorrow"), StringComparison.Ordinal);

        async Task<string> Heading(string query) => string.Join(' ', (await agent.Get("/conversations?" + query)).Document.QuerySelector("#queue-heading")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory, EveryDatabase]
    public async Task A_program_asks_for_the_same_apart_by_driver(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var known = await KnownMatters.On(server);

        var all = (await server.Api.Get("/api/v1/happiness?from=2026-01-01&to=2026-03-18&by=driver")).Is(200).Json;
        Assert.Equal(["none", $"{known.LateParcel}", $"{known.Invoice}"], all.Items("groups").Select(g => g.Text("key")));
        Assert.Equal((5, 2, 3, 1), (Answers(all, "firstOnTime"), Answers(all, "firstLate"), Answers(all, "nextOnTime"), Answers(all, "nextLate")));

        var repairs = (await server.Api.Get($"/api/v1/happiness?from=2026-01-01&to=2026-03-18&team={known.RepairsTeam}")).Is(200).Json;
        Assert.Equal([1, 1, 1, 1, 0], repairs.Items("ends").Select(e => e.GetProperty("count").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, repairs.GetProperty("groups").ValueKind);
        (await server.Api.Get("/api/v1/happiness?by=weather")).IsProblem(422, "by.unknown");

        static int Answers(System.Text.Json.JsonElement figures, string name) => figures.GetProperty("answers").GetProperty(name).GetInt32();
    }

    [Theory, EveryDatabase]
    public async Task The_table_for_a_spreadsheet_has_a_row_a_conversation_and_no_formula(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var lead = await server.SignedIn(Role.Lead); // before the clock goes back: to the browser a cookie of March is over
        var known = await KnownMatters.On(server);

        using var answer = await lead.Stream($"/happiness.csv?team={known.RepairsTeam}", CancellationToken.None);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var rows = Encoding.UTF8.GetString(bytes)[1..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(("text/csv", "utf-8"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal("number,started,ended,end,seconds,first_answer_seconds,first_answer_due,first_answer_on_time,team,driver,channel", rows[0]);
        Assert.Equal(4, rows.Length - 1);
        var start = Zone.StartOf(new(2026, 3, 3)).AddHours(12);
        Assert.Contains(rows, row => row.EndsWith($",{Iso(start)},{Iso(start.AddHours(5))},unhappy,18000,5400,{Iso(start.AddHours(1))},no,\"'=1+1 Repairs\",Late parcel,mail", StringComparison.Ordinal));

        using var open = await lead.Stream("/happiness.csv?from=2026-03-18&to=2026-03-18", CancellationToken.None);
        var (dan, eve) = (Zone.StartOf(new(2026, 3, 18)).AddHours(10), Zone.StartOf(new(2026, 3, 18)).AddHours(11.5));
        var unanswered = (await open.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].Select(row => row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        Assert.Equal([$"{Iso(dan)},,,,,{Iso(dan.AddHours(1))},overdue,,,mail", $"{Iso(eve)},,,,,{Iso(eve.AddHours(1))},,,,mail"], unanswered);
        Assert.Equal(422, (await lead.Get("/happiness.csv?from=2026-03-18&to=2026-03-01")).Status);

        static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
