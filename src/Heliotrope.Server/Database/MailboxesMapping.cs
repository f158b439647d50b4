using Heliotrope.Server.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class MailboxesMapping : IEntityTypeConfiguration<Mailbox>, IEntityTypeConfiguration<MailboxState>, IEntityTypeConfiguration<SetAsideMail>, IEntityTypeConfiguration<MailboxHour>
{
    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.ToTable("Mailboxes");
        builder.Ignore(m => m.Sends);
        builder.Property(m => m.MostAnHour).HasDefaultValue(0);
        builder.HasIndex(m => m.Address).IsUnique();
        builder.HasOne<MailboxState>().WithOne().HasForeignKey<MailboxState>(s => s.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<MailboxState> builder) => builder.ToTable("MailboxStates").HasKey(s => s.MailboxId);

    public void Configure(EntityTypeBuilder<SetAsideMail> builder)
    {
        builder.ToTable("SetAsideMails");
        builder.Property(m => m.Answered).HasDefaultValue(false);
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(m => m.MailboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.MailboxId, m.UidValidity, m.Uid }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<MailboxHour> builder)
    {
        builder.ToTable("MailboxHours").HasKey(h => new { h.MailboxId, h.Hour });
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(h => h.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}
