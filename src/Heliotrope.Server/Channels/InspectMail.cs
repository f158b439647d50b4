namespace Heliotrope.Server.Channels;

internal static class Inspect
{
    public static Task<int> Mail(Stream input, TextWriter output, bool jsonLines)
    {
        _ = (input, output, jsonLines);
        return Task.FromResult(0);
    }

    public static Task<int> ReplyText(Stream input, TextWriter output, bool jsonLines)
    {
        _ = (input, output, jsonLines);
        return Task.FromResult(0);
    }
}
