using System.Diagnostics;
using System.Text;
using Heliotrope.Fuzz;

namespace Heliotrope.Mail.Tests.Reading;

/// <summary>A short run of what fuzz/ runs for hours: always the same damaged messages, so that a failure can be run again.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 4000;
    private const int Seed = 20260202;

    [Fact]
    public void Damaged_messages_do_no_harm()
    {
        var run = new FuzzRun(Seeds.Read([Corpus.Folder]), Seed, save: null, timed: false);
        // On a slow machine fewer of them; the order is the same.
        for (var clock = Stopwatch.StartNew(); run.Count < Inputs && clock.Elapsed < TimeSpan.FromSeconds(20);)
        {
            Assert.Null(run.Next());
        }
        Assert.NotEqual(0, run.Count);
    }

    [Theory]
    [InlineData("pass")]
    [InlineData("PASS")]
    [InlineData("fail")]
    public void What_is_said_of_a_sender_may_be_written_in_any_case(string word)
        => Targets.Run(Encoding.ASCII.GetBytes($"Authentication-Results: mx.example.com; dmarc={word} header.from=example.com\r\nSubject: x\r\n\r\nx\r\n"));

    [Fact]
    public void The_same_seed_gives_the_same_messages()
    {
        var seeds = Seeds.Read([Corpus.Folder]);
        var (one, other) = (new Mutator(seeds, 7), new Mutator(seeds, 7));
        Assert.All(Enumerable.Range(0, 200), _ => Assert.Equal(one.Next(), other.Next()));
    }
}
