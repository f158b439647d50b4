using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Coach;
using Heliotrope.Core.Promises;

namespace Heliotrope.Core.Tests.Coach;

/// <summary>Nothing that somebody types breaks the coach.</summary>
public class CoachProperties
{
    private static readonly string[] Pieces =
    [
        "Dear ", "Hallo ", "Hi ", "Anna", "Ben", ",", " ", "\n", "\n\n", ". ", "? ", "!!!", "I am sorry ", "if you feel ", "but ", "es tut mir leid ", "wenn ", "as I already said, ", "wie gesagt, ", "you should have read ",
        "PLEASE ", "READ ", "NOT ", "{{name}}", "{", "}", "[", "]", "<", ">", "[Name]", "%", "$", "`", "```", "*|F|*", "XXXX", "NULL", "«", "»", "> ", "RMA ", "invoice ", "bill ", "parcel ", "shipment ", "please send your order number ",
        "4471882 ", "photo ", "attached ", "thank you ", "danke ", "Kind regards\n", "Best,\nPriya", "https://x.example/{{a}} ", "a@b.example ", "\ud83c", "🌻", "\0", "\u0308", "ä", "٣ ", "our premium plan ", "obviously ", ", Anna, ", "-- \n", "- ", "1. ", ";", ":",
    ];

    private static readonly Arbitrary<string> Typed = Arb.From(Gen.Elements(Pieces).ArrayOf().Select(string.Concat));

    [Fact]
    public void Whatever_is_typed_the_remarks_lie_within_it_in_order_and_few() => Prop.ForAll(Typed, Typed, (reply, message) =>
    {
        var remarks = ReplyCoach.Read(Hand(reply, message));
        Assert.True(remarks.Count <= 8);
        Assert.All(remarks, remark => Assert.True(remark.At >= 0 && remark.Length >= 0 && remark.At + remark.Length <= reply.Length));
        Assert.Equal(remarks.OrderBy(remark => remark.At).Select(remark => remark.At), remarks.Select(remark => remark.At));
        Assert.Equal(remarks, ReplyCoach.Read(Hand(reply, message)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_characters_at_all_are_read() =>
        Prop.ForAll(Arb.From(ArbMap.Default.GeneratorFor<char[]>().Select(c => new string(c))), text =>
            Assert.All(ReplyCoach.Read(Hand(text, text)), remark => Assert.True(remark.At + remark.Length <= text.Length))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void White_space_around_a_reply_changes_nothing() => Prop.ForAll(Typed, Typed, (reply, message) =>
        Said(Hand(reply.Trim(), message)) == Said(Hand($"\n\n  {reply.Trim()} \r\n", $" \n{message}\n "))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_field_is_found_wherever_it_stands() => Prop.ForAll(Arb.From(Gen.Elements("Hello there ", "5 ", "a\n", "(x) ", "🌻 ", "“so” ", "- ").ArrayOf().Select(string.Concat)), around =>
        MergeFields.Find($"{around} {{{{first_name}}}} {around}").Single().Name == "first name").Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Taking_what_is_offered_comes_to_an_end() => Prop.ForAll(Typed, Typed, (reply, message) =>
    {
        var hand = Hand(reply, message);
        for (var taken = 0; ReplyCoach.Read(hand).FirstOrDefault(remark => remark.Kind is RemarkKind.MergeField or RemarkKind.Salt && remark.Fix is not null) is { } remark; taken++)
        {
            Assert.True(taken < 100, reply);
            hand = hand.Fixed(remark);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>What takes time as the square of a text would not come to an end here.</summary>
    [Theory]
    [InlineData("`")]
    [InlineData("{")]
    [InlineData("[Name")]
    [InlineData("%a")]
    [InlineData("sorry sorry ")]
    [InlineData("you should have ")]
    [InlineData("A")]
    [InlineData("Anna, ")]
    [InlineData("parcel. ")]
    [InlineData("please send your order number, ")]
    [InlineData("!!!\n")]
    [InlineData("\n")]
    [InlineData("Kind regards\n")]
    [InlineData("4")]
    [InlineData("0 (")]
    public void A_hundred_thousand_characters_of_anything_are_read(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));

        Assert.True(ReplyCoach.Read(Hand(text, text)).Count <= 8);
    }

    [Fact]
    public void Promises_that_lie_outside_the_text_are_left_out() =>
        Assert.DoesNotContain(ReplyCoach.Read(Hand("Hi", "Hello") with { Promises = [new(5, 10, null, Deed.Call), new(-1, 1, null, Deed.Call)] }), remark => remark.Kind == RemarkKind.PromiseDate);

    [Fact]
    public void A_vague_promise_is_asked_for_a_date_unless_one_stands_beside_it()
    {
        const string Text = "I will look into it. You hear from me on Friday.";
        var vague = new FoundPromise(0, 19, null, Deed.Check);

        Assert.Contains(ReplyCoach.Read(Hand(Text, "") with { Promises = [vague] }), remark => remark is { Kind: RemarkKind.PromiseDate, At: 0, Length: 19 });
        Assert.DoesNotContain(ReplyCoach.Read(Hand(Text, "") with { Promises = [vague, new(21, 27, new(new(2026, 3, 6), null), Deed.Answer)] }), remark => remark.Kind == RemarkKind.PromiseDate);
    }

    private static ReplyInHand Hand(string reply, string message) => new(reply, "Anna Keller", null, [message], [message], []);

    private static string Said(ReplyInHand hand) =>
        string.Join("; ", ReplyCoach.Read(hand).Select(remark => $"{remark.Kind}.{remark.Why}: {(remark.Length == 0 ? "" : hand.Text.Substring(remark.At, remark.Length).Trim())}"));
}
