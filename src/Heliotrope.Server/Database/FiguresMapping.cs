using Heliotrope.Core.Conversations;
using Heliotrope.Core.Figures;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Morning;
using Heliotrope.Server.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class FiguresMapping : IEntityTypeConfiguration<ConversationFigures>, IEntityTypeConfiguration<WeekBaseline>, IEntityTypeConfiguration<FigureDay>, IEntityTypeConfiguration<MorningMail>
{
    public void Configure(EntityTypeBuilder<ConversationFigures> builder)
    {
        builder.ToTable("ConversationFigures").HasKey(f => f.ConversationNumber);
        builder.Property(f => f.ConversationNumber).ValueGeneratedNever();
        builder.Property(f => f.RecoveryWait).HasConversion<int?>(); // sorted by: the lower presses more
        builder.Ignore(f => f.Baseline);
        builder.HasOne<Conversation>().WithOne().HasForeignKey<ConversationFigures>(f => f.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.Recovery, f.RecoveryWait, f.RecoveryOpenedAt }).HasFilter("recovery IS NOT NULL");
        builder.HasIndex(f => f.OutsideCause).HasFilter("outside_cause <> ''");
    }

    public void Configure(EntityTypeBuilder<WeekBaseline> builder) => builder.ToTable("WeekBaselines").HasKey(b => new { b.Monday, b.Demo, b.DriverId, b.Channel });

    public void Configure(EntityTypeBuilder<FigureDay> builder)
    {
        builder.ToTable("FigureDays").HasKey(d => d.Day);
        builder.Property(d => d.Day).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<MorningMail> builder)
    {
        builder.ToTable("MorningMails").HasKey(m => m.UserId);
        builder.Property(m => m.UserId).ValueGeneratedNever();
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
