using System.Buffers;

namespace Heliotrope.Mail.Smtp;

/// <summary>Collects what follows DATA up to the final dot, however the bytes are cut.</summary>
/// <remarks>Only CRLF counts as a line end. A bare CR or LF is kept as content, so no sequence but CRLF.CRLF ends the message and none can smuggle a second one in.</remarks>
internal sealed class DataBody(int maxBytes)
{
    private enum At { LineStart, Text, Cr, Dot, DotCr, End }

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private At _at = At.LineStart;

    public bool Complete => _at == At.End;

    /// <summary>More came than was allowed; what had been kept is let go.</summary>
    public bool TooLarge { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Takes bytes up to the final dot and says how many those were.</summary>
    public int Feed(ReadOnlySpan<byte> bytes)
    {
        var i = 0;
        while (i < bytes.Length && _at != At.End)
        {
            if (_at is At.Text)
            {
                var cr = bytes[i..].IndexOf((byte)'\r');
                var run = cr < 0 ? bytes[i..] : bytes.Slice(i, cr + 1);
                Keep(run);
                i += run.Length;
                if (cr >= 0) _at = At.Cr;
            }
            else
            {
                if (Step(bytes[i])) i++;
            }
        }
        return i;
    }

    /// <summary>One byte near a line end; false when it is to be looked at again in the new state.</summary>
    private bool Step(byte b)
    {
        switch (_at, b)
        {
            case (At.LineStart, (byte)'.'): _at = At.Dot; return true;
            case (At.Dot, (byte)'\r'): _at = At.DotCr; return true;
            case (At.DotCr, (byte)'\n'): _at = At.End; return true;
            case (At.DotCr, _): Keep("\r"u8); _at = At.Cr; return false;
            case (At.Cr, (byte)'\n'): Keep("\n"u8); _at = At.LineStart; return true;
            case (At.Cr, (byte)'\r'): Keep("\r"u8); return true;
            default: _at = At.Text; return false;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (TooLarge) return;
        TooLarge = _bytes.WrittenCount + bytes.Length > maxBytes;
        if (TooLarge) _bytes.ResetWrittenCount();
        else _bytes.Write(bytes);
    }
}
