using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Search;

namespace Heliotrope.Core.Tests.Search;

public sealed class QueryProperties
{
    /// <summary>Pieces that queries are made of, whole and broken, in any order.</summary>
    private static readonly Gen<string> Pieces = Gen.Elements(
        [.. Operators.All.Select(o => o.Name + ":"), .. Operators.All.Select(o => o.Example), .. Operators.All.SelectMany(o => o.Choices),
            " ", " ", " ", "-", "\"", "\\", ",", ":", "<", ">=", "#", "7d", "2026-01-01", "2026-13", "9999", "grinder", "Größe", "\0", "\ud800", "😀", "\u200b", "\t", "colour:", "none"]);

    private static Arbitrary<string> Typed() => Arb.From(Gen.OneOf(
        Pieces.ListOf().Select(pieces => string.Concat(pieces)),
        ArbMap.Default.GeneratorFor<char[]>().Select(c => new string(c))));

    [Fact]
    public void Printing_a_query_gives_the_same_query_back() => Prop.ForAll(Typed(), text =>
    {
        var query = Query.Read(text);
        var said = query.ToString();
        var again = Query.Read(said);
        if (said.Length > Query.MaxText)
        {
            return;
        }

        Assert.Equal(said, again.ToString());
        Assert.Equal(query.Terms.Count, again.Terms.Count);
        Assert.All(query.Terms.Zip(again.Terms), pair => Assert.True(Same(pair.First, pair.Second), $"{pair.First} became {pair.Second}"));
        string[] cut = ["query.too-long", "query.too-much"];
        Assert.Equal(query.Problems.Where(p => !cut.Contains(p.Code)).Select(p => (p.Code, p.About)).Count(), again.Problems.Count);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Every_problem_has_its_place_within_the_text() => Prop.ForAll(Typed(), text => Assert.All(
        Query.Read(text).Problems,
        problem => Assert.True(problem.Start >= 0 && problem.Length > 0 && problem.Start + problem.Length <= text.Length && problem.Code.StartsWith("query.", StringComparison.Ordinal))))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static bool Same(Term a, Term b) => (a, b) switch
    {
        (TextTerm x, TextTerm y) => x == y,
        (OperatorTerm x, OperatorTerm y) => x.Operator == y.Operator && x.Not == y.Not && x.Values.SequenceEqual(y.Values),
        _ => false,
    };
}
