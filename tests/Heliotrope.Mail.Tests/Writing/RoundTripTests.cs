using System.Text.RegularExpressions;
using Heliotrope.Fuzz;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Mail.Tests.Writing;

/// <summary>Writing what was read gives the same message: of our corpus, of mail at hand, and of damaged mail.</summary>
public sealed partial class RoundTripTests
{
    public static TheoryData<string> Names() => [.. Corpus.Files().Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_read_is_written_as_the_same_message(string name) => Same(MailReader.Read(File.ReadAllBytes(Path.Combine(Corpus.Folder, name + ".eml"))));

    [Fact]
    public void So_is_every_mail_at_hand()
    {
        foreach (var bytes in Reading.SharedMailTests.Mails())
        {
            Same(MailReader.Read(bytes));
        }
    }

    [Fact]
    public void So_is_damaged_mail()
    {
        var mutator = new Mutator(Seeds.Read([Corpus.Folder]), 3);
        for (var count = 0; count < 1000; count++)
        {
            Same(MailReader.Read(mutator.Next()));
        }
    }

    private static void Same(MailMessage message)
    {
        var again = MailReader.Read(MailWriter.Write(Copies.Of(message)));
        Assert.Equal(Copies.Subject(message), again.Subject);
        Assert.Equal(message.Date?.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond, message.Date is null ? null : again.Date?.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond);
        SamePeople(message.To, again.To);
        SamePeople(message.Cc, again.Cc);
        Assert.Equal(message.Html?.Trim('\n'), again.Html?.Trim('\n'));
        if (!string.IsNullOrWhiteSpace(message.Text) && !message.Text.Contains("begin ", StringComparison.Ordinal))
        {
            Assert.Equal(message.Text.TrimEnd('\n'), again.Text.TrimEnd('\n'));
        }
        Assert.DoesNotContain(again.Defects, defect => !defect.Code.StartsWith("winmail.", StringComparison.Ordinal) && !defect.Code.StartsWith("limit.", StringComparison.Ordinal));
    }

    /// <summary>What is no address to send to is left out, and beyond ASCII a domain is written another way.</summary>
    private static void SamePeople(IReadOnlyList<MailAddress> before, IReadOnlyList<MailAddress> after)
    {
        var wanted = before.Select(one => one.Address).Where(address => Usual().IsMatch(address)).ToList();
        Assert.Equal(wanted, after.Select(one => one.Address).Where(wanted.Contains));
    }

    [GeneratedRegex(@"\A[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@[a-z0-9]+([.-][a-z0-9]+)*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Usual();
}
