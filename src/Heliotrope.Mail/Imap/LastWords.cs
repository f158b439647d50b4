using System.Text;
using System.Text.RegularExpressions;
using MailKit;

namespace Heliotrope.Mail.Imap;

/// <summary>
/// Keeps what an IMAP server said last: <c>new ImapClient(new LastWords())</c>. MailKit throws the words away that a refusal came
/// with when a way of signing in was chosen, and when the server then hangs up. What we say is not kept.
/// </summary>
internal sealed partial class LastWords : IProtocolLogger
{
    // Longer than any refusal; mail that passes by is not kept either.
    private const int Most = 4096;

    private readonly Lock _lock = new();
    private string _kept = "";

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>Nothing is kept any more: for when we are in, and mail passes by.</summary>
    public bool IsOver { get; set; }

    /// <summary>The text of the last line when it is a refusal (NO, BAD or BYE); null when it is not.</summary>
    public string? Refusal
    {
        get
        {
            lock (_lock)
            {
                var match = Refused().Match(_kept.TrimEnd().Split('\n')[^1]);
                return match.Success ? match.Groups["words"].Value.Trim() : null;
            }
        }
    }

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (IsOver)
        {
            return;
        }

        var said = Encoding.UTF8.GetString(buffer, offset + Math.Max(0, count - Most), Math.Min(count, Most));
        lock (_lock)
        {
            _kept += said;
            _kept = _kept[Math.Max(0, _kept.Length - Most)..];
        }
    }

    /// <summary>Keeps the refusal with what was thrown because of it.</summary>
    public void NoteIn(Exception thrown) => thrown.Data[typeof(LastWords)] = Refusal;

    /// <inheritdoc/>
    public void LogConnect(Uri uri)
    {
    }

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    [GeneratedRegex("^(?:[*+]|[A-Za-z0-9]+) (?:NO|BAD|BYE) (?<words>.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Refused();
}
