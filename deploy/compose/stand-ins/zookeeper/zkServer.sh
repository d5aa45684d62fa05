#!/bin/bash
exec java $JVMFLAGS $SERVER_JVMFLAGS -cp '/apache-zookeeper/lib/*' org.apache.zookeeper.server.quorum.QuorumPeerMain "$ZOOCFGDIR/zoo.cfg"
