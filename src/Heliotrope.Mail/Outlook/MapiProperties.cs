using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Outlook;

/// <summary>A block of MAPI properties as TNEF writes them (MS-OXTNEF section 2.1.3.4); only those that are text or bytes are kept.</summary>
internal sealed class MapiProperties
{
    // Outlook writes some dozens; a count alone must not make the reader walk.
    private const int MaxProperties = 5000;

    private readonly Dictionary<int, (int Type, ReadOnlyMemory<byte> Value)> values = [];

    public static MapiProperties Read(ReadOnlyMemory<byte> block)
    {
        var properties = new MapiProperties();
        var bytes = new TnefBytes(block);
        for (var count = Math.Min(bytes.Int(), MaxProperties); count > 0 && bytes.Left >= 4; count--)
        {
            var type = bytes.Short();
            var id = bytes.Short();
            if (id >= 0x8000)
            {
                // Named properties tell their name first.
                bytes.Skip(16);
                var named = bytes.Int() != 0;
                var number = bytes.Int();
                if (named)
                {
                    bytes.Padded(number);
                }
            }
            if (!properties.Value(bytes, type, id))
            {
                break;
            }
        }
        return properties;
    }

    /// <summary>The bytes of a property; of an embedded object without the id of its interface. Null when missing.</summary>
    public ReadOnlyMemory<byte>? Bytes(int id) => values.TryGetValue(id, out var found)
        ? found.Type == ObjectType ? found.Value[Math.Min(16, found.Value.Length)..] : found.Value
        : null;

    public bool IsObject(int id) => values.TryGetValue(id, out var found) && found.Type == ObjectType;

    public int? Number(int id) =>
        values.TryGetValue(id, out var found) && found.Value.Length >= 4 ? BitConverter.ToInt32(found.Value.Span[..4]) : null;

    /// <summary>Text, decoded by its own type or by <paramref name="page"/>; null when missing or empty.</summary>
    public string? Text(int id, int page)
    {
        if (!values.TryGetValue(id, out var found))
        {
            return null;
        }
        var text = found.Type == UnicodeType ? Encoding.Unicode.GetString(found.Value.Span) : Charsets.DecodePage(found.Value.Span, page);
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        text = end < 0 ? text : text[..end];
        return text.Length == 0 ? null : text;
    }

    private const int ObjectType = 0x0D;
    private const int UnicodeType = 0x1F;

    /// <summary>False when the type is not known: where its value ends is then not known either.</summary>
    private bool Value(TnefBytes bytes, int type, int id)
    {
        var several = (type & 0x1000) != 0;
        type &= 0xFFF;
        var size = type switch { 1 => 0, 2 or 3 or 4 or 0xA or 0xB => 4, 5 or 6 or 7 or 0x14 or 0x40 => 8, 0x48 => 16, _ => -1 };
        var variable = type is ObjectType or 0x1E or UnicodeType or 0x102;
        if (size < 0 && !variable)
        {
            return false;
        }
        var count = several || variable ? Math.Min(bytes.Int(), (uint)bytes.Left) : 1;
        for (; count > 0 && bytes.Left > 0; count--)
        {
            var value = variable ? bytes.Padded(bytes.Int()) : bytes.Take(size);
            values.TryAdd(id, (type, value));
            if (!variable && size == 0)
            {
                break;
            }
        }
        return !bytes.Broken;
    }
}
