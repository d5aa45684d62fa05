# The official image has no folder for data that its user may write to; a volume on this one is that user's.
FROM apache/hadoop:3.5.0
USER root
RUN install -d -o hadoop -g hadoop /data
VOLUME /data
USER hadoop
