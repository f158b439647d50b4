using System.Buffers.Binary;
using System.Globalization;

namespace Heliotrope.Mail.Reading;

/// <summary>
/// Outlook's Thread-Index (MS-OXOMSG section 2.2.1.3): which conversation a message belongs to, also where ids were lost on the way. Anybody can write
/// one, so it is a hint and no proof.
/// </summary>
/// <param name="Conversation">The same for all messages of a conversation, 32 hex digits.</param>
/// <param name="Started">When the conversation began, in UTC.</param>
/// <param name="Depth">How many answers this one is away from the first message.</param>
public sealed record ThreadIndex(string Conversation, DateTimeOffset Started, int Depth)
{
    private const int HeadLength = 22;
    private const int StepLength = 5;

    // Some hundreds of answers; what is longer is not Outlook's.
    private const int MaxLetters = 4000;

    /// <summary>Null when it is none.</summary>
    internal static ThreadIndex? Parse(string? value)
    {
        if (value is null || value.Length > MaxLetters)
        {
            return null;
        }
        Span<byte> bytes = new byte[value.Length];
        var letters = string.Concat(value.Where(c => !char.IsWhiteSpace(c)));
        if (!Convert.TryFromBase64String(letters.PadRight((letters.Length + 3) / 4 * 4, '='), bytes, out var length) || length < HeadLength)
        {
            return null;
        }
        // A FILETIME without its two lowest bytes; its highest is always 1 and stands for the version.
        var ticks = (BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16) << 16;
        return bytes[0] == 1 && ticks < DateTime.MaxValue.ToFileTimeUtc()
            ? new ThreadIndex(Convert.ToHexStringLower(bytes[6..HeadLength]), new DateTimeOffset(DateTime.FromFileTimeUtc(ticks)), (length - HeadLength) / StepLength)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Conversation} {Started:yyyy-MM-dd'T'HH:mm:ss'Z'} {Depth}");
}
