namespace Heliotrope.Core.Tests;

public sealed class ResultTests
{
    [Fact]
    public void What_was_done_can_be_taken()
    {
        Result<int> done = 7;
        Assert.Null(done.Refusal);
        Assert.Equal(7, done.Value);
        Assert.Equal("7", done.Match(v => $"{v}", r => r.Code));
    }

    [Fact]
    public void A_refusal_is_an_answer_and_taking_its_value_a_bug()
    {
        Result<int> refused = Refusal.NoConversation(12);
        Assert.Equal("conversation.unknown", refused.Match(v => $"{v}", r => r.Code));
        Assert.Contains("conversation.unknown", Assert.Throws<InvalidOperationException>(() => refused.Value).Message, StringComparison.Ordinal);
    }
}
