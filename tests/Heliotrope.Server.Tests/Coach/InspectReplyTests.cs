using System.Text;
using System.Text.Json.Nodes;
using Heliotrope.Server.Coach;

namespace Heliotrope.Server.Tests.Coach;

public sealed class InspectReplyTests
{
    private static async Task<(int Exit, List<JsonObject> Told)> Run(string input, bool jsonLines)
    {
        using var output = new StringWriter();
        var exit = await InspectReply.Run(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, TimeProvider.System, jsonLines);
        return (exit, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())]);
    }

    [Fact]
    public async Task A_bad_line_is_answered_and_the_next_one_is_read()
    {
        var (exit, told) = await Run(string.Join('\n',
            "not json", "[]", "{\"id\":\"a\"}", "{\"id\":\"b\",\"reply\":7}", "{\"id\":\"c\",\"reply\":\"Hi\",\"zone\":\"Mars/North\"}",
            "{\"id\":8,\"reply\":\"Hi\",\"now\":\"soon\"}", "", "{\"id\":\"d\",\"reply\":\"Hi\",\"customer\":\"Ada\",\"message\":null}"), true);
        Assert.Equal(0, exit);
        Assert.Equal([null, null, "\"a\"", "\"b\"", "\"c\"", "8", "\"d\""], told.Select(line => line["id"]?.ToJsonString()));
        Assert.All(told.SkipLast(1), line => Assert.NotEqual("", (string?)line["error"]));
        Assert.Equal(["id", "remarks", "promises"], told[^1].Select(property => property.Key));
    }

    [Theory]
    [InlineData("2026-03-18T14:30", "Europe/Berlin", "2026-03-19T15:00")]
    [InlineData("2026-03-18T14:30:20", "Europe/Berlin", "2026-03-19T15:00")]
    [InlineData("2026-03-18T23:30Z", "Europe/Berlin", "2026-03-20T15:00")] // half past midnight there
    [InlineData("2026-03-18T14:30+01:00", "Europe/Berlin", "2026-03-19T15:00")]
    [InlineData("2026-03-18T14:30", null, "2026-03-19T15:00")]
    public async Task A_promise_is_told_with_its_words_and_when_it_is_due_on_the_clock_of_the_zone(string now, string? zone, string due)
    {
        var (_, told) = await Run(new JsonObject { ["id"] = "r", ["reply"] = "Sorry! I'll call you tomorrow at 3. I'll write on Friday. I'll keep you posted.", ["now"] = now, ["zone"] = zone }.ToJsonString(), false);
        var promises = Assert.Single(told)["promises"]!.AsArray();
        Assert.Equal($$"""{"text":"I\u0027ll call you tomorrow at 3","at":7,"length":27,"due":"{{due}}","precision":"time"}""", promises[0]!.ToJsonString());
        Assert.Equal(("2026-03-20", "day"), ((string?)promises[1]!["due"], (string?)promises[1]!["precision"]));
        Assert.Equal((null, "vague"), ((string?)promises[2]!["due"], (string?)promises[2]!["precision"]));
    }

    [Fact]
    public async Task One_object_may_stand_on_several_lines_and_a_bad_one_fails()
    {
        var (exit, told) = await Run("{\n\"id\":1,\n\"reply\":\"Hello\"}\n", false);
        Assert.Equal((0, 1), (exit, (int?)Assert.Single(told)["id"]));
        Assert.Equal(1, (await Run("{", false)).Exit);
    }
}
