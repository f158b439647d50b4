namespace Heliotrope.Core.Coach;

/// <summary>Counts the questions of a reply that was sent whose answer the customer had given before (docs/method.md, A1).</summary>
public static class AskedBefore
{
    /// <summary>How many there are. What is held of them elsewhere counts only while the reply is written: it may have become known later.</summary>
    /// <param name="reply">The words that were sent.</param>
    /// <param name="messages">What they had written in this conversation before, oldest first.</param>
    /// <returns>The number; 0 in a language whose questions are not known.</returns>
    public static int Count(string reply, IReadOnlyList<string> messages) =>
        messages.Count == 0 ? 0 : AskedAgain.Of(new Draft(new(reply, "", null, messages, [], []))).Count();
}
