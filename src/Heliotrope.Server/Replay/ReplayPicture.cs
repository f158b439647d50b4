using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Heliotrope.Server.Replay;

/// <summary>Small drawings that stand for a customer's photographs: a PNG (ISO/IEC 15948) of plain shapes.</summary>
internal static class ReplayPicture
{
    private const int Width = 480;
    private const int Height = 320;

    private static readonly (byte R, byte G, byte B) Table = (233, 224, 208);
    private static readonly (byte R, byte G, byte B) Shadow = (204, 190, 168);
    private static readonly (byte R, byte G, byte B) Metal = (143, 152, 156);
    private static readonly (byte R, byte G, byte B) Dark = (66, 58, 54);
    private static readonly (byte R, byte G, byte B) Light = (247, 244, 238);
    private static readonly (byte R, byte G, byte B) Blue = (88, 122, 148);

    private static readonly Dictionary<string, Func<double, double, (byte, byte, byte)>> Drawings = new(StringComparer.Ordinal)
    {
        ["shards"] = Shards,
        ["dent"] = Dent,
        ["lid"] = Lid,
        ["crack"] = Crack,
        ["bag"] = Bag,
    };

    public static IReadOnlyCollection<string> Names => Drawings.Keys;

    public static byte[] Draw(string name)
    {
        var colour = Drawings[name];
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[1 + (3 * Width)]; // begins with the filter of the line: none
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    (line[1 + (3 * x)], line[2 + (3 * x)], line[3 + (3 * x)]) = colour(x, y);
                }

                zlib.Write(line);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9]) = (8, 2); // eight bits a channel, red green blue
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", pixels.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(Stream png, string type, byte[] data)
    {
        var typed = new byte[4 + data.Length];
        Encoding.ASCII.GetBytes(type, typed);
        data.CopyTo(typed, 4);
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(typed));
        png.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return ~crc;
    }

    private static bool In(double x, double y, double left, double top, double right, double bottom) => x >= left && x < right && y >= top && y < bottom;

    private static double Round(double x, double y, double cx, double cy, double rx, double ry) => (((x - cx) / rx) * ((x - cx) / rx)) + (((y - cy) / ry) * ((y - cy) / ry));

    /// <summary>On which side of the line from one point to another.</summary>
    private static double Side(double x, double y, double ax, double ay, double bx, double by) => ((bx - ax) * (y - ay)) - ((by - ay) * (x - ax));

    private static bool Triangle(double x, double y, double ax, double ay, double bx, double by, double cx, double cy)
    {
        var (a, b, c) = (Side(x, y, ax, ay, bx, by), Side(x, y, bx, by, cx, cy), Side(x, y, cx, cy, ax, ay));
        return (a >= 0 && b >= 0 && c >= 0) || (a <= 0 && b <= 0 && c <= 0);
    }

    private static (byte, byte, byte) Shards(double x, double y) =>
        Triangle(x, y, 90, 230, 190, 70, 230, 240) ? Light
        : Triangle(x, y, 250, 90, 330, 130, 270, 200) ? Blue
        : Triangle(x, y, 300, 250, 400, 190, 420, 265) ? Light
        : Triangle(x, y, 150, 265, 200, 255, 180, 290) ? Blue
        : Triangle(x, y, 345, 80, 395, 70, 372, 120) ? Light
        : Round(x, y, 250, 250, 200, 46) < 1 ? Shadow : Table;

    private static (byte, byte, byte) Dent(double x, double y) =>
        Round(x, y, 330, 190, 34, 46) < 1 ? Dark
        : Round(x, y, 326, 186, 46, 60) < 1 ? Shadow
        : In(x, y, 150, 110, 350, 118) || In(x, y, 150, 262, 350, 270) ? Dark
        : In(x, y, 150, 60, 350, 275) ? Metal
        : Round(x, y, 250, 278, 150, 26) < 1 ? Shadow : Table;

    private static (byte, byte, byte) Lid(double x, double y) =>
        In(x, y, 148, 96, 166, 128) ? Dark // the hook that holds
        : In(x, y, 330, 96, 348, 108) ? Dark // the one that went soft
        : In(x, y, 130, 70, 366, 98) ? Blue
        : In(x, y, 160, 150, 336, 262) ? Light
        : In(x, y, 150, 140, 346, 272) ? Metal
        : Round(x, y, 248, 274, 150, 24) < 1 ? Shadow : Table;

    private static (byte, byte, byte) Crack(double x, double y) =>
        In(x, y, 170, 80, 330, 270) && Math.Abs(x - 250 - (14 * Math.Sin(y / 11)) - ((y - 170) / 9)) < 2.2 && y < 225 ? Dark
        : In(x, y, 170, 80, 330, 92) ? Shadow
        : In(x, y, 170, 80, 330, 270) ? Metal
        : Round(x, y, 338, 165, 44, 52) < 1 && Round(x, y, 338, 165, 26, 34) > 1 ? Metal
        : Round(x, y, 250, 272, 140, 24) < 1 ? Shadow : Table;

    private static (byte, byte, byte) Bag(double x, double y) =>
        Triangle(x, y, 200, 120, 262, 190, 214, 214) ? Light // torn open
        : In(x, y, 190, 160, 310, 215) ? Light
        : In(x, y, 165, 62, 335, 84) ? Dark
        : In(x, y, 160, 84, 340, 275) ? Blue
        : Round(x, y, 360, 268, 12, 8) < 1 || Round(x, y, 392, 278, 12, 8) < 1 || Round(x, y, 376, 256, 11, 8) < 1 ? Dark
        : Round(x, y, 250, 276, 150, 24) < 1 ? Shadow : Table;
}
