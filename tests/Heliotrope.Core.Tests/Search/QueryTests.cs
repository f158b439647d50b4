using System.Globalization;
using Heliotrope.Core.Search;

namespace Heliotrope.Core.Tests.Search;

public sealed class QueryTests
{
    [Theory]
    [InlineData("grinder", "grinder")]
    [InlineData("  grinder   broken ", "grinder broken")]
    [InlineData("\"does not start\"", "\"does not start\"")]
    [InlineData("\"does   not", "\"does not\"")]
    [InlineData("-refund", "-refund")]
    [InlineData("-\"no refund\"", "-\"no refund\"")]
    [InlineData("IS:Open", "is:open")]
    [InlineData("is:open,waiting", "is:open,waiting")]
    [InlineData("-is:spam", "-is:spam")]
    [InlineData("team:\"Second line\",Billing", "team:\"Second line\",Billing")]
    [InlineData("tag:\"5\\\" disk\"", "tag:\"5\\\" disk\"")]
    [InlineData("from:ada@client.example,", "from:ada@client.example")]
    [InlineData("created:>2026-01-01 waiting:>2d due:<4h number:>=1042", "created:>2026-01-01 waiting:>2d due:<4h number:>=1042")]
    [InlineData("number:#1042", "number:#1042")]
    [InlineData("https://shop.example/a?b=c", "https://shop.example/a?b=c")]
    [InlineData("at 12:30", "at 12:30")]
    [InlineData("– ... - -- !", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_query_without_a_problem_says_what_was_typed(string? text, string said)
    {
        var query = Query.Read(text);

        Assert.Equal(said, query.ToString());
        Assert.Empty(query.Problems);
    }

    [Theory]
    [InlineData("is:opne", "query.choice", "opne", 3)]
    [InlineData("is:", "query.value-missing", "is", 0)]
    [InlineData("from:,, x", "query.value-missing", "from", 0)]
    [InlineData("hello before:soon", "query.date", "soon", 13)]
    [InlineData("before:2026-02-30", "query.date", "2026-02-30", 7)]
    [InlineData("before:>2026-02-03", "query.date", ">2026-02-03", 7)]
    [InlineData("created:99999y", "query.date", "99999y", 8)]
    [InlineData("waiting:long", "query.length", "long", 8)]
    [InlineData("due:never", "query.length", "never", 4)]
    [InlineData("number:many", "query.number", "many", 7)]
    [InlineData("number:99999999999999999999", "query.number", "99999999999999999999", 7)]
    [InlineData("colour:red", "query.operator", "colour", 0)]
    public void What_was_not_understood_is_a_problem_at_its_place(string text, string code, string about, int start)
    {
        var problem = Assert.Single(Query.Read(text).Problems);

        Assert.Equal((code, about, start), (problem.Code, problem.About, problem.Start));
        Assert.Equal(about, text.Substring(problem.Start, about.Length));
    }

    [Fact]
    public void What_is_understood_beside_a_problem_still_counts()
    {
        var query = Query.Read("is:open,opne grinder colour:red");

        Assert.Equal(["is:open,opne", "grinder", "colour:red"], query.Terms.Select(t => t.ToString()));
        Assert.Equal("open", Assert.Single(((OperatorTerm)query.Terms[0]).Understood).Said);
        Assert.Equal(2, query.Problems.Count);
    }

    [Fact]
    public void A_query_has_a_length_at_which_it_ends()
    {
        Assert.Equal("query.too-long", Assert.Single(Query.Read(new string('a', Query.MaxText + 1)).Problems).Code);
        var many = Query.Read(string.Concat(Enumerable.Repeat("a ", Query.MaxTerms + 3)));
        Assert.Equal(Query.MaxTerms, many.Terms.Count);
        Assert.Equal("query.too-much", Assert.Single(many.Problems).Code);
        var values = Query.Read("tag:" + string.Join(',', Enumerable.Range(0, Query.MaxValues + 1)));
        Assert.Equal(Query.MaxValues, ((OperatorTerm)values.Terms[0]).Values.Count);
        Assert.Equal("query.too-much", Assert.Single(values.Problems).Code);
    }

    [Fact]
    public void A_query_can_be_asked_what_it_says()
    {
        var query = Query.Read("is:open,mine -is:spam grinder -refund \"at once\"");

        Assert.True(query.Says("is"));
        Assert.False(query.Says("team"));
        Assert.True(query.AsksFor("is", "mine"));
        Assert.False(query.AsksFor("is", "spam"));
        Assert.Equal(["grinder", "at once"], query.Words.Select(w => w.Text));
        Assert.Equal("grinder -refund \"at once\"", query.Without("is").ToString());
        Assert.Equal("is:open team:Billing", Query.Read("is:open").And(Query.Read("team:Billing")).ToString());
    }

    [Theory]
    [InlineData("today", "2026-03-31", "2026-04-01")]
    [InlineData("Yesterday", "2026-03-30", "2026-03-31")]
    [InlineData("tomorrow", "2026-04-01", "2026-04-02")]
    [InlineData("7d", "2026-03-24", "2026-03-25")]
    [InlineData("2w", "2026-03-17", "2026-03-18")]
    [InlineData("1m", "2026-02-28", "2026-03-01")]
    [InlineData("1y", "2025-03-31", "2025-04-01")]
    [InlineData("2026-01-05", "2026-01-05", "2026-01-06")]
    [InlineData("2026-1-5", "2026-01-05", "2026-01-06")]
    [InlineData("2025-12", "2025-12-01", "2026-01-01")]
    [InlineData("2024", "2024-01-01", "2025-01-01")]
    public void A_time_is_days_seen_from_today(string text, string first, string end) =>
        Assert.Equal((DateOnly.Parse(first, CultureInfo.InvariantCulture), DateOnly.Parse(end, CultureInfo.InvariantCulture)), When.Read(text)!.Days(new(2026, 3, 31)));

    [Fact]
    public void Every_example_of_the_catalogue_is_understood() => Assert.All(Operators.All, o =>
    {
        var query = Query.Read(o.Example);
        Assert.Empty(query.Problems);
        Assert.Equal(o.Name, Assert.IsType<OperatorTerm>(Assert.Single(query.Terms)).Operator.Name);
        Assert.All(o.Choices, choice => Assert.Empty(Query.Read($"{o.Name}:{choice}").Problems));
    });
}
