using FsCheck;
using FsCheck.Fluent;

namespace Heliotrope.Core.Tests.Promises;

/// <summary>Nothing that somebody types breaks the reading of promises.</summary>
public sealed class PromiseFinderBoundsTests
{
    private static readonly string[] Pieces =
    [
        "I'll ", "we will ", "call you ", "tomorrow ", "and ", "if ", "you ", "by ", "3", "–", "5 ", "business days ", ". ", ", ", "\n", "> ", "“", "\"", "ich ", "rufe ", "Sie ", "morgen ",
        "um ", "halb ", "drei ", "wenn ", "99999999999 ", "hours ", "31.", "11.", "2026 ", "12/", "4 ", "will be sent ", "not ", "\ud83c", "\0", "🌻", "٣ ", "?", "at ", "24:00 ", "between ",
    ];

    [Fact]
    public void Whatever_is_typed_the_promises_lie_within_it_in_order_and_apart() => Prop.ForAll(
        Arb.From(Gen.Elements(Pieces).ArrayOf().Select(string.Concat)), typed =>
        {
            var end = 0;
            foreach (var promise in Said.Promises(typed))
            {
                if (promise.At < end || promise.Length <= 0 || promise.At + promise.Length > typed.Length)
                {
                    return false;
                }

                end = promise.At + promise.Length;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void White_space_around_a_reply_changes_nothing() => Prop.ForAll(
        Arb.From(Gen.Elements(Pieces).ArrayOf().Select(string.Concat)),
        typed => Said.Dues(typed.Trim()) == Said.Dues($"\n\n  {typed.Trim()} \r\n")).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Hours_that_never_open_are_no_reason_to_fall_over()
    {
        var closed = Heliotrope.Core.Targets.WorkingHours.Parse(
            "Europe/Berlin", "Mon-Fri 09:00-17:00", string.Join('\n', Enumerable.Range(0, 366).Select(d => new DateTime(2024, 1, 1).AddDays(d).ToString("MM-dd", null)))).Value;
        Assert.Equal("vague vague vague", Said.Dues("I'll call you tomorrow. I'll write by the end of the day. I'll send it within two working days.", hours: closed));
    }
}
